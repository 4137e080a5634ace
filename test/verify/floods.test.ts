// The other floods: large heads behind a slow script, what scripts write without end, and the
// window's own connection. After and during each the server's memory is bounded, and a client that
// behaves gets its answers. The figures are printed.
import { once } from "node:events";
import type { Socket } from "node:net";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { commandLine, type Serving, serve } from "../support/command-line.js";
import { amount } from "../support/evidence.js";
import { connections, countedResponse, type Healthy, healthyClient } from "../support/front-load.js";
import { canListProcesses, residentBytes } from "../support/processes.js";
import { get } from "../support/raw-exchange.js";
import type { RpcClient } from "../support/rpc-windows.js";
import { type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { likeABrowsers, secretOf, strangeSocket, windowSocket } from "../support/window-socket.js";

const megabyte = 1 << 20;
const maxResident = 512 * megabyte;
/** How long nothing may move. A whole flood takes as long as the machine needs for its bytes. */
const stalledMs = 60_000;
const outputMiB = amount(2048, 256);
const interim = "yes 'HTTP/1.1 100 Continue\r\n\r' | head -c 50000000";
const script = (body: string) => `#!/bin/sh\n${body}\n`;
const plain = "printf 'Content-Type: text/plain\\n\\n'";
const healthy = [
  ["/a.txt", "A"],
  ["/hello.cgi", "hello"],
] as const;

let folder: TempFolder;
let server: Serving;
let window: WebSocket;
const opened: Socket[] = [];

describe.skipIf(!canListProcesses)("floods (needs /proc)", () => {
  beforeAll(async () => {
    folder = tempFolder();
    folder.write("a.txt", "A");
    for (const [name, text] of [
      ["hello.cgi", `${plain}\nprintf hello`],
      ["slow.cgi", `sleep 600`],
      ["nph-interim.cgi", interim],
      // By turns, so that a client sees that it goes on.
      [
        "loud.cgi",
        `${plain}\nfor turn in $(seq ${outputMiB / 32}); do head -c 32M /dev/zero >&2; head -c 32M /dev/zero; done`,
      ],
    ] as const) {
      folder.write(name, script(text));
      folder.makeExecutable(name);
    }
    server = await serve([folder.path, "--port", "0"]);
    const { ui } = server.ready;
    if (ui === null) throw new Error("there is a window");
    window = await windowSocket(new URL(ui).host, secretOf(ui));
    for (const [target] of healthy) await get(server.port, target);
  });
  afterAll(async () => {
    window.terminate();
    await server.stop();
    folder[Symbol.dispose]();
  });

  /**
   * Runs a flood beside a healthy client, and holds the server to its bound. The
   * work calls `moved` whenever something does.
   */
  async function flood(what: string, work: (moved: () => void) => Promise<void>): Promise<void> {
    const { pid } = server.ready;
    let [top, movedAt] = [residentBytes(pid), performance.now()];
    let watch: NodeJS.Timeout | undefined;
    const stalled = new Promise<never>((_resolve, reject) => {
      watch = setInterval(() => {
        top = Math.max(top, residentBytes(pid));
        if (performance.now() - movedAt > stalledMs) reject(new Error(`${what}: nothing moved for ${stalledMs} ms`));
      }, 50);
    });
    const stop = healthyClient(server.port, healthy);
    const begun = performance.now();
    const moved = () => {
      movedAt = performance.now();
    };
    let seen: Healthy;
    try {
      await Promise.race([work(moved), stalled]);
      await get(server.port, "/hello.cgi");
    } finally {
      clearInterval(watch);
      for (const socket of opened.splice(0)) socket.destroy();
      seen = await stop();
      const { times } = seen;
      console.log(
        `${what}: at most ${Math.round(top / megabyte)} MiB in ${((performance.now() - begun) / 1000).toFixed(1)} s; ${times.length} healthy requests, the slowest ${Math.round(times.at(-1) ?? 0)} ms`,
      );
    }
    expect(seen.wrong).toEqual([]);
    expect(seen.times.length).toBeGreaterThan(0);
    expect(top).toBeLessThan(maxResident);
  }
  const host = (): string => new URL(server.ready.ui ?? "").host;
  const link = async (): Promise<string> => (await commandLine(["link", folder.path])).stdout.toString().trim();
  const ended = (socket: WebSocket): Promise<unknown> =>
    socket.readyState === WebSocket.CLOSED ? Promise.resolve() : once(socket, "close");

  test("pipelines of large heads behind a slow script are not read (B4)", async () => {
    const head = `GET /a.txt HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(60_000)}\r\n\r\n`;
    const heads = amount(4000, 400);
    await flood(`12 connections with ${heads} heads of 60 kB each`, async (moved) => {
      const sockets = await connections(server.port, 12, "GET /slow.cgi HTTP/1.1\r\nHost: localhost\r\n\r\n");
      opened.push(...sockets);
      const taken = sockets.map(async (socket) => {
        for (let n = 0; n < heads; n++) {
          moved();
          if (socket.write(head)) continue;
          if (!(await drained(socket))) return n; // it takes no more: the heads stay with the client
        }
        return heads;
      });
      for (const count of await Promise.all(taken)) expect(count).toBeLessThan(heads);
    });
  });

  test("interim responses without end, and output without end to a client that does not read (R8)", async () => {
    await flood("interim responses and loud scripts", async (moved) => {
      opened.push(...(await connections(server.port, 2, "GET /loud.cgi HTTP/1.1\r\nHost: localhost\r\n\r\n")));
      opened.push(...(await connections(server.port, 1, "GET /nph-interim.cgi HTTP/1.1\r\nHost: localhost\r\n\r\n")));
      const [heads, output] = await Promise.all([
        countedResponse(server.port, "/nph-interim.cgi", moved),
        countedResponse(server.port, "/loud.cgi", moved),
      ]);
      expect(heads.bytes).toBe(50_000_000);
      expect(output).toMatchObject({ status: 200, bodyBytes: outputMiB * megabyte });
    });
  }, 1_800_000);

  test("sockets without a proof are cut at 256 bytes, silent ones give way (R5)", async () => {
    const silent = amount(3000, 500);
    const firstMiB = amount(60, 16); // this process holds them too, masked
    const large = Buffer.alloc(firstMiB * megabyte, "x");
    await flood(`40 first messages of ${firstMiB} MiB and ${silent} silent connections`, async (moved) => {
      const loud = await Promise.all(Array.from({ length: 40 }, () => strangeSocket(host())));
      const cut = loud.map((socket) => ended(socket.on("error", () => undefined)));
      for (const socket of loud) socket.send(large, () => undefined);
      await Promise.all(cut.map((one) => one.then(moved)));
      opened.push(...(await connections(Number(new URL(`http://${host()}`).port), silent)));
      const later = await windowSocket(host(), secretOf(await link()));
      later.terminate();
    });
  });

  test("thousands of calls of a window that reads nothing end its connection alone (R6)", async () => {
    const calls = amount(20_000, 10_000);
    await flood(`${calls} calls and nothing read`, async () => {
      const greedy = await windowSocket(host(), secretOf(await link()));
      greedy.on("error", () => undefined);
      const gone = ended(greedy);
      const client: RpcClient = createORPCClient(new RPCLink({ websocket: likeABrowsers(greedy) }));
      greedy.pause();
      const ignored = () => undefined; // refused, or cut with the connection
      for (let n = 0; n < calls; n++) client.traces.next({ since: 0, generation: null, max: 1000 }).catch(ignored);
      await get(server.port, "/hello.cgi");
      greedy.terminate();
      await gone;
    });
    expect(window.readyState).toBe(WebSocket.OPEN);
  });
});

/** False: the socket takes nothing for a while. */
async function drained(socket: Socket): Promise<boolean> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 3000);
  try {
    await once(socket, "drain", { signal: stop.signal });
    return true;
  } catch {
    return false; // no room: what the flood is about
  } finally {
    clearTimeout(timer);
  }
}
