#!/usr/bin/env node
// `node test/run.mjs peers [--rounds N] [--seconds N] [--only C,sh,…]`: rates beside lighttpd mod_cgi, nginx with fcgiwrap and Apache
// mod_cgid, as ratios of the same round. In a round every contender runs once, in an order that turns around each time. Needs wrk.
// One JSON object on stdout; a table for people on stderr. A figure means something on a machine with nothing else to do.
import { execFile, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { contenders, missing } from "./contenders.mjs";
import { median, ratio } from "./statistics.mjs";
import { writeWorkload } from "./workload.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    contenders: { type: "string", default: "" },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const chosen = values.contenders ? values.contenders.split(",") : Object.keys(contenders);
if (spawnSync("which", ["wrk"]).status !== 0) throw new Error("wrk is needed: apt-get install wrk");
for (const name of missing) console.error(`left out: ${name}`);

const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-peers-"));
chmodSync(folder, 0o755); // the peers run scripts as another user
const site = join(folder, "site");
mkdirSync(site);
const stops = [];
try {
  const workload = writeWorkload(site).filter(([name]) => !values.only || values.only.split(",").includes(name));
  const servers = [];
  for (const name of chosen) {
    if (missing.some((text) => text.startsWith(name))) continue;
    const server = await contenders[name].start(site, folder);
    stops.push(server.stop);
    servers.push({ name, port: server.port });
  }
  const results = [];
  for (const [script, target] of workload) for (const connections of [1, 8]) results.push(await compare(servers, script, target, connections));
  const machine = { system: `${process.platform} ${release()}`, cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node };
  console.log(JSON.stringify({ machine, rounds, seconds, results }, null, 2));
} finally {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
}

async function compare(servers, script, target, connections) {
  const rates = new Map(servers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, port } of round % 2 ? servers.toReversed() : servers) {
      if (round === 0) await rate(port, target, connections, 0.5); // caches and workers warm
      rates.get(name).push(await rate(port, target, connections, seconds));
    }
  }
  const perSecond = Object.fromEntries([...rates].map(([name, all]) => [name, Math.round(median(all))]));
  const ratios = {};
  for (const peer of servers.filter(({ name }) => !["traced", "portable"].includes(name))) {
    for (const form of ["traced", "untraced", "portable"])
      if (rates.has(form) && form !== peer.name) ratios[`${form} / ${peer.name}`] = ratio(rates.get(form), rates.get(peer.name));
  }
  console.error(`\n${script}, ${connections} connection${connections > 1 ? "s" : ""}`, perSecond);
  for (const [name, { median: m, lowest, highest }] of Object.entries(ratios)) console.error(`  ${name.padEnd(28)} ${m}  [${lowest} .. ${highest}]`);
  return { script, connections, perSecond, ratios };
}

/** Requests per second. An answer that is not 200 ends the run. */
async function rate(port, target, connections, duration) {
  const { stdout } = await promisify(execFile)("wrk", [
    "-t1",
    `-c${connections}`,
    `-d${Math.max(1, Math.round(duration))}s`,
    `http://127.0.0.1:${port}${target}`,
  ]);
  const found = /Requests\/sec:\s+([\d.]+)/.exec(stdout);
  if (!found || /Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
  return Number(found[1]);
}
