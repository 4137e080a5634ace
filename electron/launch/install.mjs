// Puts the packages of the lock file into node_modules, when they are not there yet. Also run by
// itself: `node electron/launch/install.mjs`.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isRunDirectly, LaunchError, root, say, tellAndExit } from "./launch.mjs";

/** True when npm's own record of node_modules holds every package of the lock file that this system needs. */
export function isInstalled() {
  const wanted = packagesOf("package-lock.json");
  const found = packagesOf("node_modules/.package-lock.json");
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, its]) => {
    if (path === "") return true; // the project itself
    const is = found[path];
    if (is) return is.version === its.version && is.integrity === its.integrity;
    return its.optional === true && !isForThisSystem(its);
  });
}

/** An optional package without a list of systems is needed only by a package that has one. */
function isForThisSystem({ os, cpu, libc }) {
  const isNamed = (list, what) => list === undefined || list.includes(what());
  return (
    (os ?? cpu ?? libc) !== undefined &&
    isNamed(os, () => process.platform) &&
    isNamed(cpu, () => process.arch) &&
    isNamed(libc, () => (process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl"))
  );
}

/** @throws LaunchError with npm's words */
export function ensureInstalled() {
  if (isInstalled()) return;
  say("Installing packages (once, about half a minute) …");
  const words = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { npm_execpath: script = "" } = process.env; // npm itself when npm runs us, but yarn when yarn does
  const isNpm = basename(script) === "npm-cli.js";
  const [command, args] = isNpm ? [process.execPath, [script, ...words]] : ["npm", words];
  const { status, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
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
