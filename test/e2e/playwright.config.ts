// The same specs in two shells: `browser` is Chromium on the browser mode, `electron` a real Electron window; desktop.spec.ts is
// about what only the latter has. `screenshots` draws
// pictures of the window and is run on its own. Paths of browser and Electron come from the runner (test/run.mjs e2e).
import { defineConfig } from "@playwright/test";
import type { ShellOptions } from "./shell.js";

const results = new URL("../../test-results/", import.meta.url).pathname;
const report = process.env["TEST_REPORT"];

export default defineConfig<ShellOptions>({
  testDir: ".",
  outputDir: `${results}e2e`,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env["CI"] !== undefined,
  // One at a time: each has a server, a browser and scripts of its own, and times are measured.
  workers: 1,
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: { trace: "off", screenshot: "only-on-failure" },
  projects: [
    { name: "browser", testMatch: "*.spec.ts", testIgnore: "desktop.spec.ts", use: { shell: "browser" } },
    { name: "electron", testMatch: "*.spec.ts", use: { shell: "electron" } },
    { name: "screenshots", testMatch: "screenshots.ts", use: { shell: "browser" } },
  ],
});
