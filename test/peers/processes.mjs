// Starting what is measured, and ending it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

const here = resolve(import.meta.dirname, "../..");

export const isRoot = process.getuid?.() === 0;
export const has = (program) => spawnSync("which", [program]).status === 0;

/**
 * Our server, with further options of `serve`. `hasWindow`: also for the window, at `ui`. `checkout`: another one that
 * is built. It keeps its traces in a folder of its own, so that two servers of one site do not share a file.
 */
export async function ours(site, options, { hasWindow = false, checkout = here, data = null } = {}) {
  const more = hasWindow ? options : ["--no-ui", ...options];
  const cli = join(checkout, "dist/node/cli.js");
  const own = data ?? mkdtempSync(join(tmpdir(), "cgi-workbench-data-"));
  const child = spawn(process.execPath, [cli, "serve", site, "--port", "0", "--json", ...more], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, XDG_DATA_HOME: own },
  });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`our server ended with ${code}`)));
  });
  const { scripts, ui } = JSON.parse(line);
  const stop = async () => {
    await ended(child, "SIGINT");
    if (data === null) rmSync(own, { recursive: true, force: true });
  };
  return { pid: child.pid, port: Number(new URL(scripts).port), ui, stop };
}

/** Waits until the server answers. */
export async function up(child, port, target) {
  for (let tries = 0; tries < 100; tries++) {
    const ok = await fetch(`http://127.0.0.1:${port}${target}`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return { pid: child.pid, port, stop: () => ended(child, "SIGTERM") };
    if (child.exitCode !== null) break;
    await delay(50);
  }
  child.kill("SIGKILL");
  throw new Error(`${child.spawnfile} did not come up`);
}

export function ended(child, signal) {
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill(signal);
  });
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Compiles C. @throws with the compiler's words */
export function compile(source, program, libraries = []) {
  const { status, error, stderr } = spawnSync("cc", ["-O2", "-x", "c", "-o", program, "-", ...libraries], {
    input: source,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} could not be compiled: ${error?.message ?? stderr}`);
}
