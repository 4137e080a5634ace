// Everything at once that clients can make a server hold, against one server in a process of its own: its memory stays
// bounded, and a client that behaves gets every answer. The figures are printed.
import { readFileSync, truncateSync } from "node:fs";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { serve } from "../support/command-line.js";
import { amount } from "../support/evidence.js";
import { connections, healthyClient, pipelined, trickle, unfinishedUpload } from "../support/front-load.js";
import { canListProcesses, openDescriptors, residentBytes } from "../support/processes.js";
import { get } from "../support/raw-exchange.js";
import { tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

const megabyte = 1 << 20;
const maxResident = 512 * megabyte;
const idle = amount(10_000, 1000);
const slowHeads = amount(2000, 200);
const slowBodies = 16;
const pipelines = 8;
/** A multiple of what is sent at once. */
const pipelinedEach = amount(12_500, 1200);
const uploads = amount(300, 40);
const uploadBytes = 9 * megabyte;
const unread = amount(400, 60);

/** What the server itself may open while it is under load, for good. */
const ownDescriptors = 4;

const script = (body: string) => `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\n${body}\n`;
const a = ["/a.txt", "A"] as const;
const b = ["/b.txt", "B"] as const;

/** `ulimit -n` of this process, which the server inherits. */
function descriptorLimit(): number {
  return Number(/^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "latin1"))?.[1] ?? 0);
}
const needed = idle + slowHeads + uploads + unread + 1000;
const why = canListProcesses ? (descriptorLimit() < needed ? `needs ulimit -n ${needed}` : "") : "needs /proc";

test.skipIf(why !== "")(
  `hostile clients of every kind at once (B4, R4) ${why && `(${why})`}`,
  async () => {
    using folder = tempFolder();
    folder.write("a.txt", "A");
    folder.write("b.txt", "B");
    folder.write("big.bin", "");
    truncateSync(folder.file("big.bin"), 256 * megabyte);
    folder.write("hello.cgi", script("printf hello"));
    folder.write("count.cgi", script("wc -c"));
    for (const name of ["hello.cgi", "count.cgi"]) folder.makeExecutable(name);
    await using one = await serve([folder.path, "--port", "0", "--no-ui"]);
    const { port } = one;
    const { pid } = one.ready;
    const healthy = [a, b, ["/hello.cgi", "hello"]] as const;

    // What the first requests open stays open.
    for (let n = 0; n < 10; n++) for (const [target] of healthy) await get(port, target);
    const before = { memory: residentBytes(pid), descriptors: openDescriptors(pid).length };
    let top = 0;
    const watch = setInterval(() => {
      top = Math.max(top, residentBytes(pid));
    }, 50);
    using _watch = { [Symbol.dispose]: () => clearInterval(watch) };
    const sockets: Socket[] = [];
    const say = (what: string) =>
      console.log(
        `${what}: ${Math.round(residentBytes(pid) / megabyte)} MiB, at most ${Math.round(Math.max(top, residentBytes(pid)) / megabyte)} MiB`,
      );
    const begun = performance.now();
    const stop = healthyClient(port, healthy);

    sockets.push(...(await connections(port, idle)));
    say(`${idle} idle connections`);
    const heads = await connections(
      port,
      slowHeads,
      `GET /a.txt HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(60_000)}`,
    );
    const bodies = await connections(
      port,
      slowBodies,
      "POST /count.cgi HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n",
    );
    const stopTrickle = trickle([...heads, ...bodies], 500);
    sockets.push(...heads, ...bodies);
    say(`${slowHeads} slow heads and ${slowBodies} slow bodies`);
    sockets.push(...(await connections(port, unread, "GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    say(`${unread} clients that read nothing of 256 MiB`);
    const pipes = Array.from({ length: pipelines }, () => pipelined(port, pipelinedEach, [a, b]));
    const unfinished = Array.from({ length: uploads }, () => unfinishedUpload(port, "/count.cgi", uploadBytes));
    for (const upload of unfinished) sockets.push(await upload);
    say(`${uploads} unfinished uploads of 9 MiB`);
    const answers = await Promise.all(pipes);
    say(`${pipelines * pipelinedEach} pipelined requests`);

    const seconds = (performance.now() - begun) / 1000;
    const { times, slowest, wrong } = await stop();
    stopTrickle();
    for (const socket of sockets) socket.destroy();
    await waitFor(
      "no descriptor of a client is left",
      () => openDescriptors(pid).length <= before.descriptors + ownDescriptors,
    );
    const highWater = 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]);
    const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0);
    console.log(
      `${times.length} requests of the healthy client in ${seconds.toFixed(1)} s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${slowest})`,
      `\nresident memory: ${Math.round(before.memory / megabyte)} MiB before, ${Math.round(highWater / megabyte)} MiB at most`,
    );
    expect(wrong).toEqual([]);
    expect(answers).toEqual(Array(pipelines).fill({ answered: pipelinedEach, wrong: null }));
    expect(Math.max(top, highWater)).toBeLessThan(maxResident);
  },
  1_800_000,
); // as long as the machine needs for 3 GiB and 100,000 requests; a healthy client waits a minute at most
