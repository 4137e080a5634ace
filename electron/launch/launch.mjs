// What the launch files share. Plain JavaScript on Node alone: they run before anything is installed or built.
import { realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The reader of a pipe has gone (`npm start | head -1`), or the terminal has: what was started goes on. */
const unreadCodes = ["EPIPE", "EIO"];
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error) => {
    if (!unreadCodes.includes(error.code)) throw error;
  });

/** Where the user is: npm changes to the project's folder and remembers where it was called. */
export const base = process.env.INIT_CWD ?? process.cwd();

/** Words go to stderr: stdout is for the address. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Ctrl+C, `kill`, and the end of the terminal. */
export const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Launching cannot go on; the message says why, to a person. */
export class LaunchError extends Error {}

/** The packages with native code are for these systems alone. @throws LaunchError on another, or on an older Node */
export function ensureSupported() {
  const { platform, arch, versions } = process;
  const [major = 0, minor = 0] = versions.node.split(".").map(Number);
  // What Vite supports. Electron's installer, too, needs a Node that can require() an ES module.
  const isEnough = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22;
  if (!isEnough) throw new LaunchError(`Node 20.19, or 22.12 or later, is needed; this is ${versions.node}.`);
  if (platform === "win32")
    throw new LaunchError(
      "CGI Workbench does not run on Windows itself. Run it in WSL 2, the Windows Subsystem for Linux.",
    );
  if (!["linux", "darwin"].includes(platform) || !["x64", "arm64"].includes(arch))
    throw new LaunchError(`CGI Workbench runs on Linux and macOS, on x64 and arm64. This is ${platform} on ${arch}.`);
}

/**
 * The words after `npm run <script> --`: `[--browser] [folder] [-- flags for
 * Electron]`. @throws LaunchError with the usage
 */
export function parseWords(script) {
  const words = process.argv.slice(2);
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  const own = words.slice(0, end);
  const [folder, ...others] = own.filter((word) => !word.startsWith("-"));
  const isUnderstood = own.every((word) => !word.startsWith("-") || word === "--browser") && others.length === 0;
  if (!isUnderstood)
    throw new LaunchError(`Usage: npm run ${script} [-- [--browser] [folder] [-- flags for Electron]]`);
  return {
    folder: folder === undefined ? null : resolve(base, folder),
    flags: words.slice(end + 1),
    wantsBrowser: own.includes("--browser"),
  };
}

/** Ends with exit code 1; a LaunchError in its own words, a bug with its stack. */
export function tellAndExit(error) {
  say(error instanceof LaunchError ? error.message : error.stack);
  process.exit(1);
}

/** True in the file that node was started with. */
export const isRunDirectly = (url) =>
  process.argv[1] !== undefined && url === pathToFileURL(realpathSync(process.argv[1])).href;
