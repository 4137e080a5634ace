// The browser of the end-to-end tests: one of the system's, else one installed
// with its packages, else Playwright's own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findProgram } from "./find-program.mjs";
import { installSystemBrowser } from "./packages.mjs";
import { step } from "./step.mjs";

/** Absolute path of a Chromium that starts, or null. */
export async function provideBrowser() {
  const there = systemBrowser() ?? (await playwrightBrowser());
  if (there) return there;
  await installSystemBrowser();
  const installed = systemBrowser();
  if (installed) return installed;
  const withLibraries =
    process.platform === "linux" && (process.getuid?.() === 0 || process.env.CI) ? ["--with-deps"] : [];
  await step(
    "fetch Playwright's browser",
    [process.execPath, "node_modules/@playwright/test/cli.js", "install", ...withLibraries, "chromium"],
    {
      limitSeconds: 300,
      isOptional: true,
    },
  );
  return playwrightBrowser();
}

export const howToGetBrowser =
  "there is no Chromium (apt-get install chromium, or npx playwright install --with-deps chromium)";

function systemBrowser() {
  const candidates = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map((name) =>
    findProgram(name),
  );
  if (process.env.CHROMIUM_PATH) candidates.unshift(process.env.CHROMIUM_PATH);
  return candidates.find((path) => path !== null && starts(path)) ?? null;
}

async function playwrightBrowser() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return existsSync(path) && starts(path) ? path : null;
}

/** A path alone proves nothing: a pointer to a snap is not installed, and libraries may be missing. */
function starts(path) {
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 20_000 });
  return status === 0 && /Chrom/.test(stdout);
}
