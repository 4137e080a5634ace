// `bench` beside `wrk`, on the same scripts: below 1,000 requests a second their figures agree within 10 %. Rounds
// alternate, and more of them are run until the best ones agree, since other programs on the machine make a round
// slower and none faster. Each run of `bench` starts a new server, whose first requests are slow; `wrk` asks one
// server that stays. So `bench` runs several rounds, and its best one counts. `wrk` does not count the request that is
// under way when its time is over: the test computes the lowest and the highest rate that it may have had.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { benchReport } from "../../server/contract/command-output.js";
import { commandLine, serve } from "../support/command-line.js";
import { program, tempFolder } from "../support/temp-workspace.js";

const scripts = {
  "hello.py": '#!/usr/bin/env python3\nimport json\nprint("Content-Type: text/plain\\n\\nhello")\n',
  "slow.sh": "#!/bin/sh\nsleep 0.02\nprintf 'Content-Type: text/plain\\n\\nhello'\n",
};
const seconds = 2;
const [leastRounds, mostRounds] = [2, 10];
const roundsOfBench = 3;
const most = 1000;
const tolerance = 0.1;

const missing = ["wrk", "python3"].filter((name) => program(name) === null);

describe.skipIf(missing.length > 0)(`the figures of bench (needs ${missing.join(" and ") || "nothing more"})`, () => {
  test.each(Object.keys(scripts))("are those of wrk: %s", async (name) => {
    using folder = tempFolder();
    folder.makeFolder("cgi-bin");
    for (const [file, text] of Object.entries(scripts)) {
      folder.write(`cgi-bin/${file}`, text);
      folder.makeExecutable(`cgi-bin/${file}`);
    }
    await using server = await serve([folder.path, "--port", "0", "--no-ui"]);
    const target = `/cgi-bin/${name}`;
    const ours: number[] = [];
    const wrks: { least: number[]; most: number[] } = { least: [], most: [] };
    const isAlike = (): boolean => {
      const best = Math.max(...ours);
      return best >= Math.max(...wrks.least) * (1 - tolerance) && best <= Math.max(...wrks.most) * (1 + tolerance);
    };
    for (let round = 1; round <= leastRounds || (!isAlike() && round <= mostRounds); round++) {
      ours.push(...(await ratesOfBench(folder.path, target)));
      const { count, took } = await runOfWrk(`http://127.0.0.1:${server.port}${target}`);
      wrks.least.push(count / took);
      wrks.most.push((count + 1) / took);
    }
    expect(Math.max(...wrks.most)).toBeLessThan(most);
    expect(isAlike(), `bench ${ours.join(" ")}, wrk from ${wrks.least.join(" ")} to ${wrks.most.join(" ")}`).toBe(true);
  });
});

async function ratesOfBench(folder: string, target: string): Promise<readonly number[]> {
  const rounds = ["--rounds", String(roundsOfBench), "--seconds", String(seconds)];
  const args = ["bench", folder, target, "--modes", "cgi", ...rounds, "--json"];
  const { stdout, stderr } = await commandLine(args);
  expect(stdout.toString(), stderr).not.toBe("");
  const [figures] = benchReport.parse(JSON.parse(stdout.toString())).modes;
  expect(figures?.errors).toBe(0);
  return figures?.rounds ?? [];
}

async function runOfWrk(url: string): Promise<{ count: number; took: number }> {
  const { stdout } = await promisify(execFile)("wrk", ["-t1", "-c1", `-d${seconds}s`, url]);
  expect(stdout).not.toMatch(/Non-2xx|Socket errors/);
  const [, count, took] = /(\d+) requests in ([\d.]+)s/.exec(stdout) ?? [];
  return { count: Number(count), took: Number(took) };
}
