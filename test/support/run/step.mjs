// One step of a run: a child process with a name, a time limit and a verdict. Its words are shown as they come
// ("show"), or only when it fails ("quiet"), so that steps can run side by side and still be read.
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { root } from "./paths.mjs";

const running = new Set();
const graceMs = 3000;

/**
 * @param {string} name
 * @param {string[]} command program and arguments
 * @param {{ env?: Record<string, string>, words?: "show" | "quiet", limitSeconds?:
 * number, isOptional?: boolean }} [options]
 * @returns {Promise<{ ok: boolean, seconds: number, output: string }>}
 */
export async function step(
  name,
  [program, ...args],
  { env = {}, words = "quiet", limitSeconds = 600, isOptional = false } = {},
) {
  const started = performance.now();
  if (words === "show") console.log(`\n— ${name}`);
  // A group of its own: on a time limit or an interruption everything it started goes with it.
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    detached: true,
    stdio: words === "show" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const limit = setTimeout(() => {
    output += `\nstopped: not done after ${limitSeconds} s\n`;
    endGroup(child);
  }, limitSeconds * 1000);
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      output += `${error.message}\n`;
      resolve(127);
    });
    // "exit", not "close": something left behind may hold the pipes.
    child.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });
  clearTimeout(limit);
  running.delete(child);
  const seconds = (performance.now() - started) / 1000;
  const ok = code === 0;
  if (!ok) signalGroup(child, "SIGKILL"); // What it started may compute without end.
  if (!ok && output && !isOptional) console.log(`\n${output.trimEnd()}\n`);
  console.log(
    `${ok ? "✓" : isOptional ? "–" : "✗"} ${name}${ok || !isOptional ? "" : ": not possible here"} (${seconds.toFixed(1)} s)`,
  );
  return { ok, seconds, output };
}

function endGroup(child) {
  signalGroup(child, "SIGTERM");
  setTimeout(() => signalGroup(child, "SIGKILL"), graceMs).unref();
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the group has already gone.
  }
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]) {
  process.on(signal, () => {
    for (const child of running) signalGroup(child, "SIGTERM");
    process.exit(code);
  });
}
