// The two test runners, called and counted: Vitest for units and conformance, Playwright for the window.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { howToGetBrowser, provideBrowser } from "./browser.mjs";
import { reportIds } from "./conformance-ids.mjs";
import { displayPrefix, provideElectron } from "./electron.mjs";
import { providePackaged } from "./packaged.mjs";
import { results, root } from "./paths.mjs";
import { step } from "./step.mjs";

/** @typedef {import("./counts.js").Counts} Counts */

const nothing = { passed: 0, failed: [], skipped: [], notApplicable: 0, retried: [], remarks: [], tests: [] };

/**
 * @param {import("./totals.mjs").Totals} totals
 * @param {string[]} projects
 * @param {string[]} more arguments of the user's
 * @param {Record<string, string>} env
 * @returns {Promise<Counts["tests"]>} what ran
 */
export async function vitest(totals, projects, more = [], env = {}) {
  const command = ["node_modules/vitest/vitest.mjs", "run", "--config", "test/vitest.config.ts"];
  const chosen = projects.map((name) => `--project=${name}`);
  return suite(totals, projects.join(" and "), [process.execPath, ...command, ...chosen, ...more], env);
}

/** The conformance tests, and of every rule whether it is kept. @param {import("./totals.mjs").Totals} totals */
export async function conformance(totals, more) {
  const tests = await vitest(totals, ["conformance", "fcgiwrap"], more);
  const ok = reportIds(tests, more.length === 0);
  totals.step("every rule of the conformance list", { ok, seconds: 0 });
}

export const bothShells = ["browser", "electron"];

/**
 * In these shells: first two tests at a time, then one by one what needs the machine for itself.
 * @param {import("./totals.mjs").Totals} totals
 * @param {string[]} shells
 * @param {string[]} more arguments of the user's
 */
export async function inShells(totals, shells, more = [], env = {}) {
  await playwright(totals, shells, [...more, "--pass-with-no-tests"], { ...env, TEST_WORKERS: "2" });
  const alone = shells.map((shell) => `${shell}-alone`);
  await playwright(totals, alone, [...more, "--pass-with-no-tests"], env);
}

/** The core specs in the packaged app, and what is about the package. @param {import("./totals.mjs").Totals} totals */
export async function packagedApp(totals, more = []) {
  const packaged = await providePackaged();
  await playwright(
    totals,
    ["packaged"],
    more,
    packaged.path === null ? { TEST_NO_PACKAGED: packaged.why } : { TEST_PACKAGED: packaged.path },
  );
}

/** The spec files, as arguments of Playwright. @param {(name: string) => boolean} isWanted */
export const specs = (isWanted) =>
  readdirSync(join(root, "test/e2e"))
    .filter((file) => file.endsWith(".spec.ts") && isWanted(file.slice(0, -".spec.ts".length)))
    .map((file) => `/${file}`);

/** The test files of Vitest in a folder, by their paths. @param {string} folder */
export const testsIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((file) => String(file).endsWith(".test.ts"))
    .map((file) => `${folder}/${file}`)
    .sort();

/** @param {import("./totals.mjs").Totals} totals */
export async function playwright(totals, projects, more = [], env = {}) {
  const [browser, electron] = [
    await provideBrowser(),
    projects.some((name) => /^(electron|screenshots|packaged)/.test(name))
      ? await provideElectron()
      : { path: null, why: "not asked for" },
  ];
  const command = ["node_modules/@playwright/test/cli.js", "test", "--config", "test/e2e/playwright.config.ts"];
  const chosen = projects.map((name) => `--project=${name}`);
  await suite(
    totals,
    `end to end: ${projects.join(" and ")}`,
    [...(electron.path ? (displayPrefix() ?? []) : []), process.execPath, ...command, ...chosen, ...more],
    {
      ...env,
      ...(browser ? { TEST_CHROMIUM: browser } : { TEST_NO_CHROMIUM: howToGetBrowser }),
      ...(electron.path ? { TEST_ELECTRON: electron.path } : { TEST_NO_ELECTRON: electron.why }),
    },
  );
}

/** Runs a test runner, whose reporter leaves its counts in a file. */
async function suite(totals, name, command, env) {
  const file = join(results, `${name.replace(/[^a-z]+/g, "-")}.json`);
  rmSync(file, { force: true });
  const verdict = await step(name, command, {
    words: "show",
    limitSeconds: process.env.TEST_EVIDENCE === "full" ? 3600 : 2400,
    env: { ...env, TEST_COUNTS: file },
  });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : nothing;
  totals.suite(name, counts, verdict);
  return counts.tests;
}
