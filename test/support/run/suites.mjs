// The two test runners, called and counted: Vitest for units and conformance, Playwright for the window.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { howToGetBrowser, provideBrowser } from "./browser.mjs";
import { reportIds } from "./conformance-ids.mjs";
import { displayPrefix, provideElectron } from "./electron.mjs";
import { results, root } from "./paths.mjs";
import { step } from "./step.mjs";

/**
 * @param {import("./totals.mjs").Totals} totals
 * @param {string[]} projects
 * @param {string[]} more arguments of the user's
 * @returns {Promise<{ title: string, status: string }[]>} what ran
 */
export async function vitest(totals, projects, more = []) {
  const report = join(results, `vitest-${projects.join("-")}.json`);
  rmSync(report, { force: true });
  const command = [
    process.execPath,
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config",
    "test/vitest.config.ts",
    ...projects.map((name) => `--project=${name}`),
  ];
  const { ok } = await step(
    projects.join(" and "),
    [...command, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...more],
    {
      words: "show",
    },
  );
  const told = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  totals.suite(projects.length === 1 ? projects[0] : "vitest", told ? vitestCounts(told) : nothing, ok);
  return told
    ? told.testResults.flatMap(({ assertionResults }) =>
        assertionResults.map(({ title, status }) => ({ title, status })),
      )
    : [];
}

/** The conformance tests, and of every rule whether it is kept. @param {import("./totals.mjs").Totals} totals */
export async function conformance(totals, more) {
  const tests = await vitest(totals, ["conformance", "fcgiwrap"], more);
  totals.step("every rule of the conformance list", reportIds(tests, more.length === 0));
}

/** In both shells: first two at a time, then one by one what needs the machine for itself. @param {import("./totals.mjs").Totals} totals */
export async function bothShells(totals, more = []) {
  await playwright(totals, ["browser", "electron"], [...more, "--pass-with-no-tests"], { TEST_WORKERS: "2" });
  await playwright(totals, ["browser-alone", "electron-alone"], [...more, "--pass-with-no-tests"]);
}

/** @param {import("./totals.mjs").Totals} totals */
export async function playwright(totals, projects, more = [], env = {}) {
  const report = join(results, `playwright-${projects.join("-")}.json`);
  rmSync(report, { force: true });
  const [browser, electron] = [
    await provideBrowser(),
    projects.some((name) => name.startsWith("electron") || name === "screenshots")
      ? await provideElectron()
      : { path: null, why: "not asked for" },
  ];
  const command = [
    process.execPath,
    "node_modules/@playwright/test/cli.js",
    "test",
    "--config",
    "test/e2e/playwright.config.ts",
    ...projects.map((name) => `--project=${name}`),
    ...more,
  ];
  const { ok } = await step(
    `end to end: ${projects.join(" and ")}`,
    [...(electron.path ? (displayPrefix() ?? []) : []), ...command],
    {
      words: "show",
      limitSeconds: 1800,
      env: {
        ...env,
        TEST_REPORT: report,
        ...(browser ? { TEST_CHROMIUM: browser } : { TEST_NO_CHROMIUM: howToGetBrowser }),
        ...(electron.path ? { TEST_ELECTRON: electron.path } : { TEST_NO_ELECTRON: electron.why }),
      },
    },
  );
  totals.suite(
    "end to end",
    existsSync(report) ? playwrightCounts(JSON.parse(readFileSync(report, "utf8"))) : nothing,
    ok,
  );
}

const nothing = { passed: 0, failed: [], skipped: [] };

function vitestCounts({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults, name }) =>
    assertionResults.map((test) => ({ ...test, name: `${name.replace(root, "")} › ${test.fullName}` })),
  );
  // A file that could not be loaded has no tests and is one failure.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: [
      ...tests.filter(({ status }) => status === "failed").map(({ name }) => name),
      ...brokenFiles.map(({ name }) => name.replace(root, "")),
    ],
    skipped: tests
      .filter(({ status }) => ["pending", "skipped", "todo", "disabled"].includes(status))
      .map(({ name }) => ({ name, why: "what they need is missing here" })),
  };
}

function playwrightCounts({ suites, errors }) {
  const tests = suites.flatMap(testsOf);
  return {
    passed: tests.filter(({ status }) => status === "expected" || status === "flaky").length,
    failed: [
      ...tests.filter(({ status }) => status === "unexpected").map(({ name }) => name),
      ...errors.map(({ message }) => message.split("\n")[0]),
    ],
    skipped: tests.filter(({ status }) => status === "skipped"),
    retried: tests.filter(({ status }) => status === "flaky").map(({ name }) => name),
  };
}

function testsOf({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, status, annotations }) => ({
      name: `[${projectName}] ${file} › ${title}`,
      status,
      why: annotations.find(({ type }) => type === "skip")?.description ?? "without a reason",
    })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}
