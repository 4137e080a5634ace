// Requests of every kind with uploads of 1 to 50 MiB, stored, with a window that follows them: the server stays below
// the memory that it promises, and Clear gives some of it back. The figures are printed.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { amount } from "../support/evidence.js";
import { canListProcesses, residentBytes } from "../support/processes.js";
import { exchangeUntilCut } from "../support/raw-exchange.js";
import type { RpcClient } from "../support/rpc-windows.js";
import { servedFolders, servedWindow } from "../support/served-window.js";
import { program } from "../support/temp-workspace.js";
import { settled, waitFor } from "../support/wait-for.js";

const megabyte = 1 << 20;
const maxResident = 512 * megabyte;
const total = amount(20_000, 3000);
const clients = 8;
const uploads = amount(80, 24);

const persistent = `#!/usr/bin/env python3
print("Content-Type: text/plain\\n\\n" + "p" * 3000)
`;

test.skipIf(!canListProcesses || program("python3") === null)(
  `${total} mixed requests with ${uploads} uploads of 1 to 50 MiB (needs /proc and python3)`,
  async () => {
    const { folder, data } = servedFolders({
      "hello.cgi": "printf 'Content-Type: text/plain\\n\\nhello'",
      "page.cgi": "printf 'Content-Type: text/html\\n\\n'; head -c 40000 /dev/urandom | od -An -tx1",
      "fails.cgi": "echo broken >&2; exit 3",
      "count.cgi": "printf 'Content-Type: text/plain\\n\\n'; wc -c",
      "local.cgi": "printf 'Location: /cgi-bin/hello.cgi\\n\\n'",
    });
    using _folder = folder;
    using _data = data;
    folder.write("cgi-bin/p.py", persistent);
    folder.makeExecutable("cgi-bin/p.py");
    folder.write("page.txt", "static".repeat(500));
    folder.write("cgi-workbench.json", JSON.stringify({ scripts: { "cgi-bin/p.py": { mode: "persistent" } } }));
    await using window = await servedWindow(folder, data, "--store");
    const { port, ready } = window.server;
    const { pid } = ready;
    const resident = (): number => Math.round(residentBytes(pid) / megabyte);
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    using _agent = { [Symbol.dispose]: () => agent.destroy() };
    const send = (nth: number): Promise<unknown> => {
      if (nth % Math.floor(total / uploads) === 0) return upload(agent, port, 1 + ((nth * 7) % 50));
      const kind = kinds[nth % kinds.length] ?? "";
      if (kind === "malformed") return exchangeUntilCut(port, "GET / HTTP/x\r\n\r\n");
      return kind === "aborted" ? aborted(port) : ask(agent, port, kind);
    };
    const leaving = new AbortController();
    const following = follow(window.client, leaving.signal);
    for (const kind of kinds.keys()) await send(kind + 1);
    const before = await settled(resident);

    const begun = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (next < total) await send(next++);
      }),
    );
    const seconds = (performance.now() - begun) / 1000;
    const highest = Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) >> 10;
    const full = resident();
    await window.client.traces.clear();
    await waitFor("Clear gives memory back", () => resident() < full);
    console.log(
      `${total} requests in ${seconds.toFixed(1)} s; resident: ${before} MiB before, ${highest} MiB at most, ${full} MiB at the end, ${resident()} MiB after Clear`,
    );
    leaving.abort();
    await following;
    expect(highest * megabyte).toBeLessThan(maxResident);
  },
  1_800_000,
);

const kinds = [
  ...[
    "/cgi-bin/hello.cgi",
    "/cgi-bin/page.cgi",
    "/cgi-bin/p.py",
    "/page.txt",
    "/nothing",
    "/cgi-bin/p.py",
    "malformed",
  ],
  ...["/cgi-bin/fails.cgi", "/cgi-bin/local.cgi", "aborted"],
];

function ask(agent: Agent, port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ agent, port, path }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    asked.once("error", reject).end();
  });
}

/** Sends a body and hears how many bytes the script got. */
async function upload(agent: Agent, port: number, mebibytes: number): Promise<void> {
  const bytes = mebibytes * megabyte;
  const got = await new Promise<string>((resolve, reject) => {
    const headers = { "Content-Length": bytes };
    const asked = request({ agent, port, path: "/cgi-bin/count.cgi", method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("latin1").on("data", (part: string) => {
        text += part;
      });
      response.once("end", () => resolve(text));
    });
    asked.once("error", reject);
    asked.end(Buffer.alloc(bytes, "u"));
  });
  expect(got.trim()).toBe(`${bytes}`);
}

/** A client that leaves once its request is sent. */
function aborted(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("error", () => resolve()).once("close", () => resolve());
    socket.write("POST /cgi-bin/count.cgi HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n", () =>
      socket.destroy(),
    );
  });
}

async function follow(client: RpcClient, signal: AbortSignal): Promise<void> {
  let [since, known]: [number, string | null] = [0, null];
  while (!signal.aborted) {
    const asked = client.traces.next({ since, generation: known, max: 500 }, { signal });
    const { rows, generation }: { rows: readonly { rev: number }[]; generation: string | null } = await asked.catch(
      () => ({ rows: [], generation: known }),
    );
    for (const { rev } of rows) since = Math.max(since, rev);
    known = generation;
  }
}
