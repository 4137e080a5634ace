// The same specs in two shells: `browser` is Chromium on the browser mode, `electron` a real Electron window;
// desktop.spec.ts is about what only the latter has. `load` takes longer, `screenshots` draws pictures of the window:
// both are run on their own. Paths of browser and Electron come from the runner (test/run.mjs e2e).
import { readdirSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { sampledShell } from "../support/run/sample.mjs";
import { trustAllFolders } from "../support/run/trusted-folders.mjs";
import type { ShellOptions } from "./shell.js";

trustAllFolders();

const results = new URL("../../test-results/", import.meta.url).pathname;
/** These measure times, or need the usual ports for themselves: they have the machine for themselves. */
const alone = [
  "timing.spec.ts",
  "bytes.spec.ts",
  "latency.spec.ts",
  "recovery.spec.ts",
  "always.spec.ts",
  "bad-input.spec.ts",
  "stop.spec.ts",
  "many-variations.spec.ts",
];

const shells = ["browser", "electron"] as const;

/**
 * A test that is about one shell alone is tagged with its name. In a sample half of the specs run, each in one shell,
 * without the tests that are tagged with the other.
 */
const only = (shell: (typeof shells)[number], other: (typeof shells)[number]) => ({
  ...(process.env["TEST_SPECS"] !== "sampled" ? {} : { grep: [new RegExp(`@${shell}`), ...sampledFor(shell)] }),
  grepInvert: new RegExp(`@${other}`),
  use: { shell },
});
const sampledFor = (shell: string): RegExp[] =>
  readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".spec.ts") && sampledShell(name) === shell)
    .concat(shell === "electron" ? "desktop.spec.ts" : [])
    .map((name) => new RegExp(`(^|[ /])${name.replaceAll(".", "\\.")}`));
const [browser, electron] = [only("browser", "electron"), only("electron", "browser")];

export default defineConfig<ShellOptions>({
  testDir: ".",
  outputDir: `${results}e2e`,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A shared machine may take a window's time away. What passes only in its second attempt
  // is named at the end, as a defect to fix.
  retries: process.env["CI"] === undefined ? 0 : 1,
  forbidOnly: process.env["CI"] !== undefined,
  // Each test has a server, a browser and scripts of its own: as many at a time as the runner says.
  workers: Number(process.env["TEST_WORKERS"] ?? 1),
  reporter: [["list"], ["../support/run/playwright-counts.ts"]],
  use: { trace: "off", screenshot: "only-on-failure" },
  projects: [
    { name: "browser", testMatch: "*.spec.ts", testIgnore: [...alone, "desktop.spec.ts"], ...browser },
    { name: "electron", testMatch: "*.spec.ts", testIgnore: alone, ...electron },
    { name: "browser-alone", testMatch: alone, ...browser },
    { name: "electron-alone", testMatch: alone, ...electron },
    // The same window out of the package, whose main process cannot be asked anything.
    {
      name: "packaged",
      testMatch: [
        "packaged.ts",
        "installed.ts",
        "first-trace.spec.ts",
        "history.spec.ts",
        "recovery.spec.ts",
        "descriptors.spec.ts",
        "hardening.spec.ts",
      ],
      grepInvert: /@browser/,
      use: { shell: "packaged" },
    },
    { name: "load", testMatch: "load.ts", use: { shell: "browser" } },
    { name: "screenshots", testMatch: "screenshots.ts", use: { shell: "browser" } },
  ],
});
