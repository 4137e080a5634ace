// Puts the packages of the lock file into node_modules, when they are not there yet. Also run by
// itself: `node electron/launch/install.mjs`.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRunDirectly, LaunchError, root, say, tellAndExit } from "./launch.mjs";

/**
 * True when npm's own record of node_modules holds every package of the lock
 * file; those for other systems may be absent.
 */
export function isInstalled() {
  const wanted = packagesOf("package-lock.json");
  const found = packagesOf("node_modules/.package-lock.json");
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === "") return true; // the project itself
    const is = found[path];
    return is ? is.version === version && is.integrity === integrity : optional === true;
  });
}

/** @throws LaunchError with npm's words */
export function ensureInstalled() {
  if (isInstalled()) return;
  say("Installing packages (once, about half a minute) …");
  const words = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { npm_execpath: npmScript } = process.env; // set when npm runs us; saves a shell on Windows
  const [command, args] = npmScript?.endsWith(".js") ? [process.execPath, [npmScript, ...words]] : ["npm", words];
  const { status, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    shell: command === "npm" && process.platform === "win32",
  });
  if (status !== 0) throw new LaunchError(`npm ci failed:\n${error?.message ?? stderr.trim()}`);
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(join(root, lockFile), "utf8")).packages;
  } catch {
    return null; // absent or cut short: not installed
  }
}

if (isRunDirectly(import.meta.url)) {
  try {
    ensureInstalled();
  } catch (error) {
    tellAndExit(error);
  }
}
