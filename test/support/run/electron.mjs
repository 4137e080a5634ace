// The Electron of the end-to-end tests: the one that ELECTRON_OVERRIDE_DIST_PATH names, or its package's own download;
// and a display for it, virtual when there can be one so that no window jumps into somebody's work.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fetchEnv } from "../../../electron/launch/desktop.mjs";
import { findProgram } from "./find-program.mjs";
import { installElectronLibraries } from "./packages.mjs";
import { root } from "./paths.mjs";
import { step } from "./step.mjs";

const home = join(root, "node_modules/electron");

/**
 * @returns {Promise<{ path: string } | { path: null, why: string }>} the binary,
 * or why the desktop shell cannot be tested
 */
export async function provideElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!override && !downloaded())
    await step("fetch Electron", [process.execPath, join(home, "install.js")], {
      env: fetchEnv(),
      limitSeconds: 300,
      isOptional: true,
    });
  const path = override ? join(override, "electron") : downloaded();
  if (!path || !existsSync(path))
    return { path: null, why: "there is no Electron binary (npx install-electron, or ELECTRON_OVERRIDE_DIST_PATH)" };
  if (process.platform !== "linux") return { path };
  if (missingLibraries(path).length > 0) await installElectronLibraries();
  const missing = missingLibraries(path);
  if (missing.length > 0)
    return {
      path: null,
      why: `Electron misses ${missing.join(", ")} (apt-get install libgtk-3-0 libnss3 libasound2 libgbm1)`,
    };
  if (displayPrefix() === null)
    return { path: null, why: "there is no display for Electron (apt-get install xvfb xauth)" };
  return { path };
}

/** What to put before a command so that it has a display; null when there is none to be had. */
export function displayPrefix() {
  if (process.platform !== "linux") return [];
  const xvfb = findProgram("xvfb-run");
  if (xvfb) return [xvfb, "-a", "-s", "-screen 0 1920x1200x24 -noreset"];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? [] : null;
}

function downloaded() {
  try {
    const path = join(home, "dist", readFileSync(join(home, "path.txt"), "utf8").trim());
    return existsSync(path) ? path : null;
  } catch {
    return null; // path.txt is written by the download.
  }
}

function missingLibraries(path) {
  const { stdout } = spawnSync("ldd", [path], { encoding: "utf8" });
  return [...(stdout ?? "").matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}
