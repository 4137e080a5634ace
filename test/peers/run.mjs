#!/usr/bin/env node
// `node test/run.mjs peers [--rounds N] [--seconds N] [--only C,sh,…,fastcgi,modes] [--contenders …]
// [--beside FOLDER]`: rates beside the servers people run CGI and FastCGI on, as ratios of the same round; with
// `--beside` also beside another checkout, which must be built. In a round every contender runs once, in an order that
// turns around each time; all are warm before the first, as servers are. Needs wrk. One JSON object on stdout, a table
// for people on stderr. A figure means something on a machine with nothing else to do.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { cgiContenders } from "./cgi-contenders.mjs";
import { fastcgiContenders, fastcgiTarget } from "./fastcgi-contenders.mjs";
import { modeContenders, modeScripts, writeModeScripts } from "./mode-contenders.mjs";
import { has, ours } from "./processes.mjs";
import { median, ratio } from "./statistics.mjs";
import { writeResponder, writeWorkload } from "./workload.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    contenders: { type: "string", default: "" },
    beside: { type: "string" },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const other = values.beside === undefined ? {} : { "other checkout": { start: otherCheckout } };
/** Until the code that serves is compiled and the workers are there. */
const warmSeconds = 4;
const ourForms = ["traced", "untraced", "portable", "ours as CGI", "prefork", "persistent", "wsgi", "psgi"];
const isWanted = (list, name) => list === "" || list.split(",").includes(name);
if (!has("wrk")) throw new Error("wrk is needed: apt-get install wrk");

const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-peers-"));
chmodSync(folder, 0o755); // the peers run scripts as another user
const results = [];
try {
  const cgiSite = site("cgi");
  const workload = writeWorkload(cgiSite).filter(([name]) => isWanted(values.only, name));
  if (workload.length > 0) await measure({ ...cgiContenders, ...other }, cgiSite, workload);
  if (isWanted(values.only, "fastcgi")) {
    const fastcgiSite = site("fastcgi");
    writeResponder(fastcgiSite);
    await measure({ ...fastcgiContenders, ...other }, fastcgiSite, [["fastcgi", fastcgiTarget]]);
  }
  if (isWanted(values.only, "modes")) {
    const modeSite = site("modes");
    writeModeScripts(modeSite);
    for (const script of modeScripts) await measure(modeContenders(script), modeSite, [[script, null]]);
  }
  const machine = {
    system: `${process.platform} ${release()}`,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    node: process.versions.node,
  };
  console.log(JSON.stringify({ machine, rounds, seconds, results }, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function otherCheckout(where) {
  return ours(where, [], { checkout: resolve(values.beside) });
}

function site(name) {
  const path = join(folder, `site-${name}`); // servers make folders of their own beside it
  mkdirSync(path);
  return path;
}

async function measure(contenders, where, workload) {
  const servers = [];
  try {
    for (const [name, { needs, package: from, start, target }] of Object.entries(contenders)) {
      if (!isWanted(values.contenders, name)) continue;
      if (needs && !has(needs)) console.error(`left out: ${name} (apt-get install ${from})`);
      else servers.push({ name, target, ...(await start(where, folder)) });
    }
    for (const [script, target] of workload)
      for (const connections of [1, 8]) results.push(await compare(servers, script, target, connections));
  } finally {
    for (const { stop } of servers) await stop();
  }
}

async function compare(servers, script, target, connections) {
  const runs = new Map(servers.map(({ name }) => [name, []]));
  const once = ({ port, target: own }, duration, at) => run(port, own ?? target, at, duration);
  for (const server of servers) await once(server, warmSeconds, 8);
  for (let round = 0; round < rounds; round++)
    for (const server of round % 2 ? servers.toReversed() : servers)
      runs.get(server.name).push(await once(server, seconds, connections));
  const rates = new Map([...runs].map(([name, all]) => [name, all.map(({ rate }) => rate)]));
  const perSecond = Object.fromEntries([...rates].map(([name, all]) => [name, Math.round(median(all))]));
  const p50Us = Object.fromEntries(
    [...runs].map(([name, all]) => [name, Math.round(median(all.map(({ p50 }) => p50)))]),
  );
  const ratios = {};
  for (const peer of servers.filter(({ name }) => !["traced", "portable"].includes(name)))
    for (const form of ourForms)
      if (rates.has(form) && form !== peer.name)
        ratios[`${form} / ${peer.name}`] = ratio(rates.get(form), rates.get(peer.name));
  console.error(
    `\n${script}, ${connections} connection${connections > 1 ? "s" : ""}: requests per second`,
    perSecond,
    "p50, µs",
    p50Us,
  );
  for (const [name, { median: m, lowest, highest }] of Object.entries(ratios))
    console.error(`  ${name.padEnd(32)} ${m}  [${lowest} .. ${highest}]`);
  return { script, connections, perSecond, p50Us, ratios };
}

/** Requests per second, and the median of their times in µs. An answer that is not 200 ends the run. */
async function run(port, target, connections, duration) {
  const options = ["-t1", `-c${connections}`, `-d${Math.max(1, Math.round(duration))}s`, "--latency"];
  const { stdout } = await promisify(execFile)("wrk", [...options, `http://127.0.0.1:${port}${target}`]);
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(stdout);
  const p50 = /50%\s+([\d.]+)(us|ms|s)/.exec(stdout);
  if (!rate || !p50 || /Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
  return { rate: Number(rate[1]), p50: Number(p50[1]) * { us: 1, ms: 1e3, s: 1e6 }[p50[2]] };
}
