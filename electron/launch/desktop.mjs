// Runs the desktop app, or says in a few words why it cannot run here.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { endSignals, root, say } from "./launch.mjs";

const home = join(root, "node_modules/electron");
const fetchTimeoutMs = 600_000;
const maxWordsLength = 8192;
/**
 * One Ctrl+C comes from the terminal, and again from npm. A second one ends Electron
 * at once, without the end of its scripts.
 */
const sameKeyMs = 500;

/** Whether there is a screen to show something on. */
export const hasDisplay = () =>
  process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * Resolves when the app has ended: `{ exitCode }` when it ran, `{ why }` when it cannot run here.
 * `folder`: what it opens, or null. `flags`: for Electron itself. `env`: added to the
 * environment. `onStart` gets the process.
 */
export async function runDesktop({ folder = null, flags = [], env = {}, onStart = () => {} }) {
  if (!hasDisplay()) return { why: "There is no display" };
  if (process.getuid?.() === 0 && !flags.includes("--no-sandbox"))
    return { why: "Electron does not run as root with its sandbox on" };
  const binary = await electronBinary();
  if (binary.why) return binary;
  return run(binary.path, [...flags, root, ...(folder === null ? [] : [folder])], env, onStart);
}

/** `{ path }` of Electron's binary, fetched when it is not there yet; `{ why }` when it cannot be had. */
async function electronBinary() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const known = () => {
    try {
      // Written by its installer: the binary's name on this system.
      return readFileSync(join(home, "path.txt"), "utf8").trim();
    } catch {
      return null; // not fetched yet
    }
  };
  if (override) return { path: join(override, known() ?? "electron") };
  const fetched = () => known() !== null && existsSync(join(home, "dist", known()));
  if (!fetched()) {
    say("Fetching Electron (once, about 110 MB) …");
    const child = spawn(process.execPath, [join(home, "install.js")], {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: fetchTimeoutMs,
      env: { ...process.env, ...fetchEnv() },
    });
    const { exit, words } = exitOf(child);
    if ((await exit) !== 0 || !fetched())
      return { why: `Electron could not be fetched (${child.killed ? "it took too long" : whyNotFetched(words())})` };
  }
  return { path: join(home, "dist", known()) };
}

/** Electron's installer uses a proxy only when asked to, and does not know npm's settings. */
export function fetchEnv() {
  const { env } = process;
  const isSet = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].some((name) => env[name]);
  if (isSet) return { ELECTRON_GET_USE_PROXY: "true" };
  const ofNpm = env.npm_config_https_proxy || env.npm_config_proxy;
  return ofNpm ? { ELECTRON_GET_USE_PROXY: "true", HTTPS_PROXY: ofNpm } : {};
}

/** The installer prints an error with its stack, but not why `fetch` failed. */
function whyNotFetched(words) {
  const why = /Error: (.+)/.exec(words)?.[1] ?? lastWords(words);
  return why === "fetch failed"
    ? "fetch failed: check the network, the proxy in HTTPS_PROXY, or the mirror in ELECTRON_MIRROR"
    : why;
}

/**
 * It counts as having run once its window has been shown (main says so over the IPC channel), or when it ended well.
 */
async function run(binary, args, env, onStart) {
  let isShown = false;
  let ended = null;
  let forwardedAt = -Infinity;
  const forward = (signal) => {
    ended = signal;
    if (performance.now() - forwardedAt < sameKeyMs) return;
    forwardedAt = performance.now();
    child.kill(signal);
  };
  for (const signal of endSignals) process.on(signal, forward); // before there is something that must end
  const child = spawn(binary, args, {
    cwd: process.cwd(),
    detached: true, // out of the terminal's reach
    stdio: ["ignore", "inherit", "pipe", "ipc"],
    env: { ...process.env, ...env },
  });
  const ending = exitOf(child);
  child.once("message", () => {
    isShown = true;
    process.stderr.write(ending.words()); // until now they were only the reason, should it fail
    child.stderr.on("data", (text) => process.stderr.write(text)); // unlike a pipe, goes on when our reader has gone
  });
  onStart(child);
  const code = await ending.exit;
  for (const signal of endSignals) process.off(signal, forward);
  // What the user ended is not shown in a browser instead.
  if (ended !== null && code !== 0) return { exitCode: 128 + constants.signals[ended] };
  if (isShown || code === 0) return { exitCode: code ?? 1 };
  return { why: `Electron did not start (${lastWords(ending.words())})` };
}

/**
 * `exit`: the exit code, null when it was a signal or never started. `words()`: the end of what it has said on stderr.
 */
function exitOf(child) {
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    words = (words + text).slice(-maxWordsLength);
  });
  const exit = new Promise((resolve) => {
    child.once("error", (error) => {
      words = error.message;
      resolve(null);
    });
    child.once("close", resolve);
  });
  return { exit, words: () => words };
}

/** The last line that says something, without Chromium's prefix of process, time and file. */
function lastWords(words) {
  const lines = words.split("\n").map((line) => line.replace(/^\[[^\]]*\]\s*/, "").trim());
  return lines.findLast((line) => line !== "" && !line.startsWith("#")) ?? "without a word";
}
