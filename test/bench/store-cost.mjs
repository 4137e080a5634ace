#!/usr/bin/env node
// `node test/bench/store-cost.mjs [--seconds N] [--rounds N] [--connections N]`: what recording to disk costs beside
// recording to memory alone. Two built servers of one folder, one with --store; they take turns in rounds, so that the
// machine's mood is the same for both. Ratios are stored over memory: of the rate, and of the processor time of the
// whole server for one request. Rows that are made after a round are not in it: `laterUs` is their processor time for
// one request. JSON on stdout. Longer rounds (--seconds 60) show what a load costs that does not pause.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ours } from "../peers/processes.mjs";
import { ratio } from "../peers/statistics.mjs";
import { writeResponder, writeWorkload } from "../peers/workload.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "7" },
    connections: { type: "string", default: "8" },
  },
});
const [seconds, rounds, connections] = [values.seconds, values.rounds, values.connections].map(Number);
/** /proc counts processor time in hundredths of a second. */
const tickUs = 10_000;

const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-store-cost-"));
process.env.XDG_DATA_HOME = join(folder, "data");
try {
  const site = join(folder, "site");
  mkdirSync(site);
  writeResponder(site);
  const [[, cgi] = []] = writeWorkload(site);
  const results = [];
  for (const [name, target] of [
    ["CGI, a C program", cgi],
    ["FastCGI, a C program", "/app.fcgi"],
  ])
    results.push({ name, ...(await compare(site, target)) });
  console.log(
    JSON.stringify({ seconds, rounds, connections, cores: cpus().length, cpu: cpus()[0]?.model, results }, null, 2),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(site, target) {
  const memory = await ours(site, ["--no-store"]);
  const stored = await ours(site, ["--store"]);
  const measured = { memory: { rate: [], cpuUs: [] }, stored: { rate: [], cpuUs: [] } };
  const laterUs = [];
  try {
    for (const server of [memory, stored]) await load(server.port, target, 3); // until the code that serves is compiled
    for (const server of [memory, stored]) await quiet(server.pid);
    for (let round = 0; round < rounds; round++) {
      const turns = [
        ["memory", memory],
        ["stored", stored],
      ];
      for (const [name, server] of round % 2 === 0 ? turns : turns.toReversed()) {
        const before = cpuTicks(server.pid);
        const requests = await load(server.port, target, seconds);
        measured[name].rate.push(requests / seconds);
        const after = cpuTicks(server.pid);
        measured[name].cpuUs.push(((after - before) * tickUs) / requests);
        await quiet(server.pid);
        if (name === "stored") laterUs.push(((cpuTicks(server.pid) - after) * tickUs) / requests);
      }
    }
  } finally {
    await memory.stop();
    await stored.stop();
  }
  const perSecond = (rates) => Math.round(rates.reduce((sum, rate) => sum + rate, 0) / rates.length);
  return {
    rate: ratio(measured.stored.rate, measured.memory.rate),
    cpu: ratio(measured.stored.cpuUs, measured.memory.cpuUs),
    laterUs: Math.round(laterUs.reduce((sum, us) => sum + us, 0) / laterUs.length),
    perSecond: { memory: perSecond(measured.memory.rate), stored: perSecond(measured.stored.rate) },
  };
}

/** Resolves when the server does nothing any more. */
async function quiet(pid) {
  for (let before = -1, now = cpuTicks(pid); now - before > 2; ) {
    before = now;
    await sleep(400);
    now = cpuTicks(pid);
  }
}

/** User and system time of all threads, without those of processes it started. */
function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Each connection sends its next request when it has the last response. Gives how many there were. */
async function load(port, target, duration) {
  const until = performance.now() + duration * 1000;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let requests = 0;
  const once = () =>
    new Promise((resolve, reject) => {
      request({ port, host: "127.0.0.1", path: target, agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${target}: ${response.statusCode}`));
        response.resume().on("end", resolve).on("error", reject);
      })
        .on("error", reject)
        .end();
    });
  const lane = async () => {
    for (; performance.now() < until; requests++) await once();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return requests;
}
