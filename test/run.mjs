#!/usr/bin/env node
// `npm test`: everything a change must pass. `node test/run.mjs [command] [arguments for the test
// runner]` runs a part of it. Needs Node and npm alone: modules are installed by the lock file, and what
// else is missing is installed, fetched or named.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { isBuilt } from "../electron/launch/build.mjs";
import { isInstalled } from "../electron/launch/install.mjs";
import { ensureSupported, tellAndExit } from "../electron/launch/launch.mjs";
import { provideBrowser } from "./support/run/browser.mjs";
import { check } from "./support/run/checks.mjs";
import { withoutShims } from "./support/run/find-program.mjs";
import { installMissingPrograms } from "./support/run/packages.mjs";
import { runParts } from "./support/run/parts.mjs";
import { results } from "./support/run/paths.mjs";
import { sampledFiles } from "./support/run/sample.mjs";
import { step } from "./support/run/step.mjs";
import {
  bothShells,
  conformance,
  inShells,
  packagedApp,
  playwright,
  specs,
  testsIn,
  vitest,
} from "./support/run/suites.mjs";
import { Totals } from "./support/run/totals.mjs";

const commands = {
  all: "types, lint, unused code, build, unit tests, conformance of the gateway, and one journey in both shells (the default)",
  ci: "all of the above, then every other test; what takes minutes runs shortened or as a sample that the commit chooses, and parts that a slow machine would not end within 80 minutes are left out, by name",
  check: "types, lint, unused code, imports",
  unit: "unit and component tests [arguments of vitest]",
  conformance:
    "tests over raw sockets and of the command line, and which rule of RFC 3875 is kept [arguments of vitest]",
  e2e: "end-to-end tests in browser and Electron [arguments of playwright test]",
  packaged: "end-to-end tests of the packaged desktop app [arguments of playwright test]",
  verify: "every test, at full length",
  peers:
    "what the doctor says of Apache, lighttpd and nginx, held against them [--only claims]; rates beside lighttpd, nginx with fcgiwrap and Apache [--rounds N --seconds N --only C,sh --beside FOLDER]",
  bench: "what must take linear time; rates and latencies as JSON, with the machine they were measured on",
  screenshots: "pictures of the window into test-results/screenshots [--docs: into docs/ too]",
};

const [command = "all", ...more] = process.argv.slice(2);
if (!Object.hasOwn(commands, command)) {
  const asked = command === "help" || command === "--help";
  const words = `Commands of node test/run.mjs:\n${Object.entries(commands)
    .map(([name, what]) => `  ${name.padEnd(12)} ${what}`)
    .join("\n")}`;
  (asked ? console.log : console.error)(words);
  process.exit(asked ? 0 : 2);
}

try {
  ensureSupported();
} catch (error) {
  tellAndExit(error);
}

const started = performance.now();
process.env.PATH = withoutShims(process.env.PATH ?? "");
mkdirSync(results, { recursive: true });
const totals = new Totals();

/** The journey that each change makes in both shells. */
const journey = "first-trace";
/** The conformance tests of the gateway, FastCGI, traces and the doctor: their folders. */
const gateway = ["doctor", "fastcgi", "processes", "requests", "responses", "rules", "traces"];

/** Resolves with whether there was a build. @param {"short" | "full"} length of what takes long */
const gate = async (length) => {
  process.env.TEST_EVIDENCE = length;
  process.env.TEST_SAMPLE = length === "short" ? commit() : "";
  const [isReady] = await Promise.all([build(), check(totals)]);
  const exclude = `--exclude=test/conformance/!(${gateway.join("|")})/**`;
  await vitest(totals, ["unit", "components", "conformance"], [exclude, ...more]);
  if (isReady) await playwright(totals, bothShells, [`/${journey}.spec.ts`, ...more], { TEST_WORKERS: "2" });
  return isReady;
};

const others = () => [...specs((name) => name !== journey), ...more];
/** About how long the gate takes on two cores that do nothing else, s. */
const gateSeconds = 450;
/**
 * Everything else, what proves the most first, each with its time on such a machine, s.
 * @param {"short" | "full"} length of what takes minutes
 */
const restOf = (length) => [
  {
    name: "the other conformance tests",
    seconds: length === "full" ? 900 : 450,
    needsBuild: true,
    run: () => vitest(totals, ["conformance"], [...half(length, "conformance", laterFiles()), ...more]),
  },
  {
    name: "fcgiwrap, linear time, bench, verify and peers",
    seconds: length === "full" ? 900 : 170,
    run: () => {
      const files = half(
        length,
        "linear time, bench, verify and peers",
        ["linear", "bench", "verify", "peers"].flatMap((name) => testsIn(`test/${name}`)),
      );
      const projects = ["fcgiwrap", "linear", "bench", "verify", "peers"];
      return vitest(totals, projects, ["test/conformance/rules/", ...files, ...more]);
    },
  },
  {
    name: "the other end-to-end tests",
    seconds: length === "full" ? 2700 : 680,
    needsBuild: true,
    run: () => inShells(totals, bothShells, others(), length === "full" ? {} : { TEST_SPECS: "sampled" }),
  },
  { name: "end to end: packaged", seconds: 100, needsBuild: true, run: () => packagedApp(totals, more) },
  {
    name: "end to end: load",
    seconds: 25,
    needsBuild: true,
    run: () => playwright(totals, ["load"], more),
  },
];
const laterFiles = () => testsIn("test/conformance").filter((file) => !gateway.includes(file.split("/")[2] ?? ""));
/** All of these files, or the half that the commit chooses, with a line that says so. */
function half(length, what, files) {
  if (length === "full") return files;
  const chosen = sampledFiles(files);
  totals.leftOut(`${what}: ${files.length - chosen.length} of ${files.length} files`, "the commit chose the others");
  return chosen;
}

/** The gate, then the rest. @param {"short" | "full"} length @param {number} limitSeconds of the whole run */
const every = async (length, limitSeconds) => {
  const isReady = await gate(length);
  const elapsedSeconds = () => (performance.now() - started) / 1000;
  await runParts(totals, restOf(length), { isReady, isBuilt, elapsedSeconds, usualSeconds: gateSeconds, limitSeconds });
};
const run = {
  all: () => gate("short"),
  ci: () => every("short", 80 * 60),
  verify: () => every("full", Number.POSITIVE_INFINITY),
  check: async () => {
    await check(totals);
    await vitest(totals, ["unit"], ["test/unit/repository"]);
  },
  unit: async () => (await build()) && vitest(totals, ["unit", "components"], more),
  conformance: async () => (await build()) && conformance(totals, more),
  e2e: async () => (await build()) && inShells(totals, bothShells, more),
  packaged: async () => (await build()) && packagedApp(totals, more),
  screenshots: async () =>
    (await build()) &&
    playwright(totals, ["screenshots"], [], more.includes("--docs") ? { SCREENSHOTS_FOR_DOCS: "1" } : {}),
  peers: async () => {
    const only = more[more.indexOf("--only") + 1] ?? "";
    if (!more.includes("--only") || only === "claims") await vitest(totals, ["peers"]);
    if (only === "claims") return;
    const command = [process.execPath, "test/peers/run.mjs", ...more];
    if (await build()) totals.step("peers", await step("peers", command, { words: "show", limitSeconds: 3600 }));
  },
  bench: async () => {
    await vitest(totals, ["linear", "bench"]);
    if (!(await build())) return;
    const command = [process.execPath, "test/bench/requests.mjs", ...more];
    totals.step("bench", await step("bench", command, { words: "show" }));
    const search = [process.execPath, "test/bench/stored-search.mjs"];
    totals.step("stored search", await step("stored search", search, { words: "show", limitSeconds: 600 }));
    process.env.TEST_CHROMIUM = (await provideBrowser()) ?? "";
    const list = [process.execPath, "test/bench/stored-list.mjs"];
    totals.step("stored list", await step("stored list", list, { words: "show", limitSeconds: 600 }));
  },
};
if (await prepare()) await run[command]();
console.log(`\n${command}: ${Math.round((performance.now() - started) / 1000)} s`);
totals.finish();

/** Node modules and system programs side by side: both wait for the network. False when modules cannot be had. */
async function prepare() {
  const programs = {
    ci: "all",
    verify: "all",
    peers: "all",
    all: "gate",
    unit: "gate",
    conformance: "tests",
    e2e: "tests",
  };
  const [installed] = await Promise.all([install(), installMissingPrograms(programs[command] ?? "none")]);
  return installed;
}

async function install() {
  if (isInstalled()) return true;
  const command = [process.execPath, "electron/launch/install.mjs"];
  return totals.step("install packages", await step("install packages", command));
}

/** Empty without git. */
function commit() {
  return spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).stdout ?? "";
}

async function build() {
  return isBuilt() || totals.step("build", await step("build", [process.execPath, "electron/launch/build.mjs"]));
}
