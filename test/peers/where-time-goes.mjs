#!/usr/bin/env node
// `node test/peers/where-time-goes.mjs [--seconds N] [--connections N]`: where a server's processor time goes for one
// request, in µs, for us and for lighttpd: the kernel by system call, the collector, V8, Node's own code, our code.
// `perf` takes samples of the server's threads; each class gets its share of the time that /proc counted for the
// process. Scripts' own time is not in it. Needs perf and wrk.
import { execFile, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs, promisify } from "node:util";
import { cgiContenders } from "./cgi-contenders.mjs";
import { fastcgiContenders, fastcgiTarget } from "./fastcgi-contenders.mjs";
import { ended, has } from "./processes.mjs";
import { writeResponder, writeWorkload } from "./workload.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "5" }, connections: { type: "string", default: "8" } },
});
const seconds = Number(values.seconds);
for (const program of ["wrk", "perf"]) if (!has(program)) throw new Error(`${program} is needed`);
/** Until the code that serves is compiled. */
const warmSeconds = 12;
/** /proc counts processor time in hundredths of a second. */
const tickUs = 10_000;

const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-time-"));
chmodSync(folder, 0o755);
process.chdir(folder); // V8 writes its log files here
process.env.NODE_OPTIONS = "--perf-basic-prof"; // our server names its compiled functions for perf
try {
  const site = join(folder, "site");
  mkdirSync(site);
  writeResponder(site);
  const [[, cgiTarget] = []] = writeWorkload(site);
  await account("C as CGI", cgiContenders, ["traced", "lighttpd"], site, cgiTarget);
  await account(
    "FastCGI",
    fastcgiContenders,
    ["traced", "least gateway on Node", "lighttpd mod_fastcgi"],
    site,
    fastcgiTarget,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function account(title, contenders, names, site, target) {
  for (const name of names) {
    const server = await contenders[name].start(site, folder);
    try {
      await load(server.port, target, warmSeconds);
      const { requests, cpuUs, classes } = await sampled(server, target);
      const samples = [...classes.values()].reduce((sum, count) => sum + count, 0);
      const us = (count) => ((count / samples) * (cpuUs / requests)).toFixed(1).padStart(7);
      console.log(
        `\n${title}, ${values.connections} connections, ${name}: ${(cpuUs / requests).toFixed(0)} µs a request`,
      );
      const rows = [...classes].toSorted((a, b) => b[1] - a[1]);
      for (const [what, count] of rows) if (count / samples > 0.005) console.log(`${us(count)} ${what}`);
    } finally {
      await server.stop();
    }
  }
}

async function sampled({ pid, port }, target) {
  const data = join(folder, "perf.data");
  const perf = spawn("perf", ["record", "-q", "-g", "-F", "999", "-p", String(pid), "-o", data], { stdio: "ignore" });
  await load(port, target, 1); // until perf has begun
  const before = cpuTicks(pid);
  const requests = await load(port, target, seconds);
  const cpuUs = (cpuTicks(pid) - before) * tickUs;
  await ended(perf, "SIGINT");
  return { requests, cpuUs, classes: await classify(data) };
}

/** User and system time of all threads, without those of processes it started. */
function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

async function load(port, target, duration) {
  const { stdout } = await promisify(execFile)("wrk", [
    ...["-t1", `-c${values.connections}`, `-d${duration}s`],
    `http://127.0.0.1:${port}${target}`,
  ]);
  const requests = /(\d+) requests in/.exec(stdout);
  if (!requests || /Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
  return Number(requests[1]);
}

/** Samples by class. A sample is a block of lines, its innermost frame first: address, symbol, (object). */
async function classify(data) {
  const classes = new Map();
  const script = spawn("perf", ["script", "-i", data, "-F", "ip,sym,dso"], { stdio: ["ignore", "pipe", "ignore"] });
  let frames = [];
  const count = () => {
    if (frames.length === 0) return;
    const what = classOf(frames);
    classes.set(what, (classes.get(what) ?? 0) + 1);
    frames = [];
  };
  for await (const line of createInterface({ input: script.stdout })) {
    if (line.trim() === "") count();
    else frames.push(line.trim());
  }
  count();
  return classes;
}

function classOf(frames) {
  const [innermost = ""] = frames;
  if (innermost.includes("[kernel.kallsyms]")) {
    const call = frames.map((frame) => /(?:__x64_sys|ksys|do_sys|__sys)_([a-z]+)/.exec(frame)?.[1]).find(Boolean);
    if (call) return `kernel: ${call}`;
    return frames.some((frame) => frame.includes("page_fault")) ? "kernel: page faults" : "kernel: everything else";
  }
  const isWithin = (pattern) => frames.some((frame) => pattern.test(frame));
  if (isWithin(/Scavenge|MarkCompact|ConcurrentMarking|Sweeper|Heap::CollectGarbage/)) return "garbage collection";
  if (isWithin(/internal::(compiler|Compiler|OptimizingCompile|interpreter|maglev|baseline)/)) return "V8: compiling";
  if (/JS:.*\/dist\/node\//.test(innermost)) return "our code";
  if (/JS:.*node:/.test(innermost)) return "Node: its JavaScript";
  if (/Builtins_/.test(innermost)) return "V8: its built-in functions";
  if (/v8::/.test(innermost)) return "V8: everything else";
  if (/ (node|uv_|uv__)/.test(innermost)) return "Node: streams and event loop";
  return /libc|vdso|libstdc/.test(innermost) ? "the C library" : "everything else";
}
