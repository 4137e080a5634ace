#!/usr/bin/env node
// Rates and latencies through the built server: `node test/run.mjs bench`. One JSON object on stdout, with the machine
// it was measured on. Closed loop: each connection sends its next request when it has the last answer.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const secondsEach = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-bench-"));

try {
  const targets = writeScripts();
  const { server, port } = await serve();
  const results = [];
  try {
    for (const [script, target] of targets) {
      for (const connections of [1, 8]) {
        await load(port, target, connections, 0.5);
        results.push({ script, connections, ...(await load(port, target, connections, secondsEach)) });
      }
    }
  } finally {
    server.kill("SIGINT");
  }
  const machine = {
    system: `${process.platform} ${release()}`,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.versions.node,
  };
  console.log(JSON.stringify({ secondsEach, machine, results }, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A static file and the shortest scripts of three kinds; the compiled one only where there is a compiler. */
function writeScripts() {
  mkdirSync(join(folder, "cgi-bin"));
  const write = (name, text) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  };
  write("static.txt", "hello\n");
  chmodSync(join(folder, "static.txt"), 0o644);
  write("cgi-bin/hello.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
  write("cgi-bin/hello.py", "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n\\nhello')\n");
  writeFileSync(
    join(folder, "hello.c"),
    '#include <stdio.h>\nint main(void) { puts("Content-Type: text/plain\\n\\nhello"); return 0; }\n',
  );
  const compiled = spawnSync("cc", ["-O1", "-o", join(folder, "cgi-bin/hello"), join(folder, "hello.c")]).status === 0;
  const all = [
    ["static file", "/static.txt"],
    ["compiled C", "/cgi-bin/hello"],
    ["sh", "/cgi-bin/hello.sh"],
    ["python", "/cgi-bin/hello.py"],
  ];
  return compiled ? all : all.filter(([script]) => script !== "compiled C");
}

async function serve() {
  const server = spawn(
    process.execPath,
    [join(root, "dist/node/cli.js"), "serve", folder, "--port", "0", "--no-ui", "--json"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once("line", resolve);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { server, port: Number(new URL(JSON.parse(line).scripts).port) };
}

async function load(port, target, connections, seconds) {
  const until = performance.now() + seconds * 1000;
  const times = (await Promise.all(Array.from({ length: connections }, () => connection(port, target, until))))
    .flat()
    .sort((a, b) => a - b);
  const at = (part) =>
    Number((times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN).toFixed(2));
  return {
    requests: times.length,
    perSecond: Math.round(times.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}

/** Keeps one connection busy; resolves with each request's time in ms. An answer that is not 200 ends the bench. */
function connection(port, target, until) {
  const request = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
  const end = /\r\n\r\n(?:hello\n|6\r\nhello\n\r\n0\r\n\r\n)$/;
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const times = [];
    let answer = "";
    let started = 0;
    const send = () => {
      answer = "";
      started = performance.now();
      socket.write(request);
    };
    socket.setEncoding("latin1");
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (text) => {
      answer += text;
      if (!answer.startsWith("HTTP/1.1 200 ".slice(0, answer.length))) reject(new Error(answer.split("\r\n")[0]));
      if (!end.test(answer)) return;
      times.push(performance.now() - started);
      if (performance.now() < until) send();
      else socket.end(() => resolve(times));
    });
  });
}
