// 100,000 requests through the whole core with 2 MiB for traces and two windows that follow everything: after the first
// tenth, in which the traces' budget is full and the code warm, nothing more is held after a collection, and no
// descriptor or child is left. Where evidence is shortened there are fewer requests and less room for traces.
import { Agent, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Workbench } from "../../server/app/workbench.js";
import { maxTraces } from "../../server/contract/limits.js";
import { utf8 } from "../../server/protocol/byte-string.js";
import { amount } from "../support/evidence.js";
import { canListProcesses, descendants, openDescriptors } from "../support/processes.js";
import { type RpcWindows, rpcWindows } from "../support/rpc-windows.js";
import { compile, program, type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { settled, waitFor } from "../support/wait-for.js";

const total = amount(100_000, 12_000);
/** Traces that are in the list, or have left it, before the first request. */
const filled = 3 * maxTraces;
/** Requests before the first: until the code that serves is compiled. */
const warming = 6000;
const connections = 8;
/** Full before the first tenth is over: what is held afterwards is not traces. */
const budgetBytes = amount(2048, 256) << 10;
/**
 * Over the last nine tenths: the collector's own fluctuation. A leak of one object of 100 bytes a request would be
 * 9 MB. A short run still warms up.
 */
const allowedGrowthBytes = amount(2, 4) << 20;
/** Of the whole process: the system's allocator gives pages back when it likes. */
const allowedResidentBytes = amount(24, 48) << 20;
const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const limitMs = 20 * 60_000;

const source = `#include <stdio.h>
#include <unistd.h>
int main(void) { char b[4096]; long n = 0, r; while ((r = read(0, b, sizeof b)) > 0) n += r; printf("Content-Type: text/plain\\n\\n%ld\\n", n); return 0; }
`;

/** Nine of ten are the plain case, the tenth takes turns through everything else. */
const others = [
  "/page.txt",
  "/nothing",
  "/bad.sh",
  "/local.sh",
  "/gone.sh",
  "/cgi-bin/count?a+b",
  "/a%2Fb",
  "/private/x",
  "/nph-x.sh",
  "/missing.cgi",
] as const;

test.skipIf(!canListProcesses || !program("cc"))(
  `${total} requests leave nothing behind (needs /proc and cc)`,
  async () => {
    setFlagsFromString("--expose-gc");
    const collect: unknown = runInNewContext("gc");
    if (typeof collect !== "function") throw new Error("no collector to call");
    using folder = tempFolder();
    fill(folder);
    const workbench = await Workbench.create();
    try {
      await workbench.folder.open(folder.path, { port: 0 });
      await using windows = await rpcWindows(workbench, "socket");
      await fillList(workbench);
      const followers = [await follow(windows), await follow(windows)];
      // the next trace drops the oldest row of the list
      for (const { lastSeq } of followers) await waitFor("the window has the list", () => lastSeq() >= filled);
      const missedBefore = followers.map((follower) => follower.missed());
      const { port } = workbench.server.address() ?? { port: 0 };
      const held = async (): Promise<Held> => {
        for (let n = 0; n < 3; n++) {
          collect();
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        const { heapUsed, external, rss } = process.memoryUsage();
        return { objects: heapUsed + external, resident: rss };
      };
      await ask(port, 0, warming);
      const before = {
        descriptors: await settled(() => openDescriptors(process.pid).length),
        children: descendants(process.pid).length,
      };
      const begun = performance.now();
      const stages: Held[] = [];
      for (const tenth of tenths) {
        await ask(port, warming + (total * (tenth - 1)) / 10, warming + (total * tenth) / 10);
        stages.push(await held());
      }
      const seconds = (performance.now() - begun) / 1000;
      const objects = stages.map((stage) => stage.objects);
      const resident = stages.map((stage) => stage.resident);
      console.log(
        `${total} requests in ${seconds.toFixed(0)} s (${Math.round(total / seconds)}/s). After each tenth, collected: heap and external ${inMiB(objects)} MiB, by the middle rise ${inMiB([growthOf(objects)])} MiB over the last nine; resident ${inMiB(resident)} MiB, ${inMiB([growthOf(resident)])} MiB`,
      );
      console.log(
        `traces: ${workbench.traces.count} kept in ${workbench.traces.bytes} bytes, ${workbench.traces.evicted} evicted`,
      );
      expect(workbench.traces.bytes).toBeLessThanOrEqual(budgetBytes);
      expect(workbench.traces.count + workbench.traces.evicted).toBeGreaterThanOrEqual(total);
      expect(growthOf(objects)).toBeLessThan(allowedGrowthBytes);
      expect(growthOf(resident)).toBeLessThan(allowedResidentBytes);
      await waitFor("as many descriptors as before", () => openDescriptors(process.pid).length === before.descriptors);
      await waitFor("as many children as before", () => descendants(process.pid).length === before.children);
      for (const follower of followers) {
        await waitFor("the window has every row", () => follower.lastSeq() >= filled + total);
      }
      expect(followers.map((follower) => follower.missed())).toEqual(missedBefore);
      console.log(`descriptors: ${before.descriptors} before, ${openDescriptors(process.pid).length} after`);
    } finally {
      await workbench.dispose();
    }
  },
  limitMs,
);

interface Held {
  /** Heap and external memory. */
  readonly objects: number;
  readonly resident: number;
}

/**
 * The list keeps a row of each of the newest 20,000 traces, also of those that were evicted. It is filled three times
 * over, which brings its arrays and its map to their final size: they do not grow while something else is measured.
 */
async function fillList({ sender, traces }: Workbench): Promise<void> {
  const request = { method: utf8("GET"), target: utf8("/cgi-bin/count"), headers: [], body: null };
  const one = await sender.deliver(request, { from: "cli" });
  for (let n = 1; n < filled; n++)
    traces.add({ ...one, request: { ...one.request, target: utf8(`/cgi-bin/count?${n}`) } });
}

const inMiB = (bytes: readonly number[]): string => bytes.map((each) => (each / (1 << 20)).toFixed(2)).join(", ");

/**
 * By how much what is held rises from the first tenth's end to the last's: the median of the rises between all pairs of
 * stages, which one stage with something that the collector had not reached yet does not move.
 */
function growthOf(stages: readonly number[]): number {
  const rises = stages.flatMap((one, at) => stages.slice(at + 1).map((later, n) => (later - one) / (n + 1)));
  return (rises.toSorted((a, b) => a - b)[rises.length >> 1] ?? 0) * (stages.length - 1);
}

/** A window that pulls rows, state and counts as the page does, and keeps nothing of them. */
async function follow(windows: RpcWindows) {
  const { client } = await windows.open();
  let [next, lastSeq, missed, generation] = [0, 0, 0, ""];
  const pull = async (): Promise<never> => {
    for (;;) {
      const batch = await client.traces.next({ since: next, generation: generation || null, max: 200 });
      ({ next, generation } = batch);
      missed += batch.missed;
      for (const { seq } of batch.rows) lastSeq = Math.max(lastSeq, seq);
    }
  };
  const poll = async (
    ask: (since: number, generation: string | null) => Promise<{ rev: number; generation: string }>,
  ) => {
    let known: { rev: number; generation: string | null } = { rev: -1, generation: null };
    for (;;) known = await ask(known.rev, known.generation);
  };
  const closed = () => undefined; // the connection ends with the test
  pull().catch(closed);
  poll((since, of) => client.state.next({ since, generation: of })).catch(closed);
  poll((since, of) => client.state.counts({ since, generation: of })).catch(closed);
  return { lastSeq: () => lastSeq, missed: () => missed };
}

function fill(folder: TempFolder): void {
  folder.write("count.c", source);
  folder.write("page.txt", "static");
  folder.write("users.txt", "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n");
  for (const [name, text] of [
    ["bad.sh", "echo no header"],
    ["local.sh", 'printf "Location: /page.txt\\n\\n"'],
    ["gone.sh", "kill -9 $$"],
    ["nph-x.sh", 'printf "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\nok"'],
    ["missing.cgi", ""],
  ] as const) {
    folder.write(name, text === "" ? "#!/nowhere/at/all\n" : `#!/bin/sh\n${text}\n`);
    folder.makeExecutable(name);
  }
  folder.write(
    "cgi-workbench.json",
    JSON.stringify({
      limits: { memoryBytes: budgetBytes },
      routes: [{ path: "/private/", auth: { realm: "r", htpasswd: "users.txt" } }],
    }),
  );
  folder.makeFolder("cgi-bin");
  compile(folder, "count.c", "cgi-bin/count");
}

/** The requests numbered `[from, to)`, over a few connections that are kept. */
async function ask(port: number, from: number, to: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = from;
  const walk = async (): Promise<void> => {
    for (let n = next++; n < to; n = next++) await one(agent, port, n);
  };
  await Promise.all(Array.from({ length: connections }, walk));
  agent.destroy();
}

function one(agent: Agent, port: number, n: number): Promise<void> {
  const isPlain = n % 10 !== 9;
  const path = isPlain ? "/cgi-bin/count" : (others[Math.floor(n / 10) % others.length] ?? "/");
  const body = n % 5 === 0 ? "x".repeat(n % 3000) : "";
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        agent,
        port,
        path,
        method: body === "" ? "GET" : "POST",
        headers: body === "" ? {} : { "content-length": body.length },
      },
      (response) => {
        if (isPlain && response.statusCode !== 200) reject(new Error(`${response.statusCode} for ${path}`));
        response.resume().once("end", resolve).once("error", reject);
      },
    );
    asked.once("error", reject);
    asked.end(body);
  });
}
