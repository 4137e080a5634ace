// Worker processes that end before what belongs to them does: children that go on accepting requests, a request that
// no process has accepted, and a response that the client has not read yet.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { bodyOf, headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { descendants, isAlive } from "../../support/processes.js";
import { program } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

/** The beginning of each application here: reads a request, and writes records. */
const common = `#!/usr/bin/env python3
import os, select, signal, socket, struct, sys, time
listening = socket.socket(fileno=0)
def exactly(connection, length):
    data = b""
    while len(data) < length:
        piece = connection.recv(length - len(data))
        if not piece: raise EOFError
        data += piece
    return data
def read_request(connection):
    while True:
        _, type, _, length, padding, _ = struct.unpack(">BBHHBB", exactly(connection, 8))
        exactly(connection, length + padding)
        if type == 5 and length == 0: return
def record(type, content): return struct.pack(">BBHHBB", 1, type, 1, len(content), 0, 0) + content
end = record(6, b"") + record(3, bytes(8))
def serve():
    while True:
        connection, _ = listening.accept()
        try:
            while True:
                read_request(connection)
                text = b"Content-Type: text/plain\\r\\n\\r\\nprocess %d of %d" % (os.getpid(), manager)
                connection.sendall(record(6, text) + end)
        except (EOFError, ConnectionError):
            connection.close()
manager = os.getpid()
`;
/** Its children serve the requests; `onTerm` is what they do with TERM. */
const managing = (onTerm: "SIG_DFL" | "SIG_IGN"): string => `${common}
for _ in range(2):
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.${onTerm})
        serve()
signal.pause()
`;
/** Serves the requests itself, beside a child that holds its socket, and does not heed TERM. */
const withJob = `${common}
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True: signal.pause()
serve()
`;
/**
 * Serves one request: it fills what lies between it and a client that does not read, makes room for the end of the
 * response in its own socket, and exits.
 */
const once = `${common}
connection, _ = listening.accept()
read_request(connection)
connection.sendall(record(6, b"Content-Type: application/octet-stream\\r\\n\\r\\n"))
connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 40000)
connection.settimeout(1)
written, left = 0, b""
while not left:
    left = record(6, b"x" * 8000)
    written += 8000
    try:
        while left: left = left[connection.send(left):]
    except TimeoutError: pass
with open("full.new", "w") as file: file.write("%d %d" % (os.getpid(), written))
os.rename("full.new", "full")
connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 100000)
connection.sendall(left + end)
os._exit(0)
`;
/** Serves one request, and exits when the next one waits for it. */
const leaves = `${common}
connection, _ = listening.accept()
read_request(connection)
text = b"Content-Type: text/plain\\r\\n\\r\\nprocess %d of %d" % (os.getpid(), manager)
connection.sendall(record(6, text) + end)
select.select([listening], [], [])
os._exit(0)
`;

const workersOf = (gateway: TestGateway) => gateway.workers.list().flatMap(({ workers }) => workers);
const pidsOf = (gateway: TestGateway) => workersOf(gateway).flatMap(({ pid }) => pid ?? []);
const managerIn = (response: string): number => Number(/process \d+ of (\d+)/.exec(response)?.[1] ?? Number.NaN);

describe.skipIf(program("python3") === null)("applications in Python (needs python3)", () => {
  test.each([
    ["SIG_DFL", "native"],
    ["SIG_IGN", "native"],
    ["SIG_DFL", "portable"],
  ] as const)(
    "F26: children of killed processes (TERM: %s, %s start) are ended, and get no request of the next ones",
    async (onTerm, start) => {
      await using gateway = await startGateway({
        start,
        config: { scripts: { "managed.fcgi": { workers: 2, start: "always" } } },
      });
      gateway.script("managed.fcgi", managing(onTerm));
      expect(headOf(await gateway.get("/managed.fcgi"))).toContain("200 OK");
      const killed = await waitFor("both processes and their children", () => {
        const managers = pidsOf(gateway);
        const children = managers.flatMap((pid) => descendants(pid).map((child) => child.pid));
        return managers.length === 2 && children.length === 4 ? { managers, children } : null;
      });
      for (const pid of killed.managers) process.kill(pid, "SIGKILL");
      await waitFor("their ends are noticed", () => workersOf(gateway).every(({ lastExit }) => lastExit !== null));
      for (let n = 0; n < 10; n++) {
        const response = await gateway.get("/managed.fcgi");
        expect(headOf(response)).toContain("200 OK");
        expect(killed.managers).not.toContain(managerIn(response));
        expect((await gateway.ended(2 + n))[1 + n]?.process?.pid).toBe(managerIn(response));
      }
      await waitFor("their children are gone", () => !killed.children.some(isAlive));
    },
  );

  test("F26: a request that no process has accepted is for the next one, though a child outlives the last", async () => {
    await using gateway = await startGateway({ config: { scripts: { "job.fcgi": { workers: 1 } } } });
    gateway.script("job.fcgi", withJob);
    const first = managerIn(await gateway.get("/job.fcgi"));
    process.kill(first, "SIGSTOP");
    const response = gateway.get("/job.fcgi");
    await waitFor("it was given to the process", () => workersOf(gateway)[0]?.state === "busy");
    process.kill(first, "SIGKILL");
    expect(headOf(await response)).toContain("200 OK");
    expect(managerIn(await response)).toBe(pidsOf(gateway)[0]);
    expect(managerIn(await response)).not.toBe(first);
  });

  test("F26: a process that exits before it accepts a request: the trace names the next one, whose first it is", async () => {
    await using gateway = await startGateway({ config: { scripts: { "leaves.fcgi": { workers: 1 } } } });
    gateway.script("leaves.fcgi", leaves);
    const first = managerIn(await gateway.get("/leaves.fcgi"));
    // A post gets a connection of its own.
    const post = request("POST", "/leaves.fcgi", ["Connection: close", "Content-Length: 1"], "x");
    const pid = managerIn(await gateway.ask(post));
    expect(pid).not.toBe(first);
    expect(await gateway.ended(2)).toMatchObject([
      { process: { pid: first }, fastcgi: { pid: first, nth: 1 } },
      { process: { pid }, fastcgi: { pid, nth: 1, attempts: 1 } },
    ]);
  });

  test("F26: a process that exits before its response was read: the client gets all of it", async () => {
    await using gateway = await startGateway({ config: { scripts: { "once.fcgi": { workers: 1 } } } });
    gateway.script("once.fcgi", once);
    const client = await gateway.connect();
    client.socket.pause();
    client.send(request("GET", "/once.fcgi", ["Connection: close"]));
    const next = await waitFor(
      "the next process has started",
      () => workersOf(gateway).find(({ pid, lastExit }) => lastExit !== null && pid !== null) ?? null,
    );
    expect(next.requests).toBe(0);
    client.socket.resume();
    const response = await client.rest();
    const [pid, written] = gateway.folder.read("full").split(" ").map(Number);
    expect(headOf(response)).toContain("200 OK");
    expect([bodyOf(response).split("x").length - 1, response.endsWith("\r\n0\r\n\r\n")]).toEqual([written, true]);
    expect(await gateway.trace()).toMatchObject({
      outcome: "ok",
      cause: null,
      process: { pid, exitCode: null },
      fastcgi: { pid, nth: 1, notes: [] },
    });
    expect(gateway.notes).toEqual([]);
  });

  test("F26: a process killed before its response was read: the trace says how it ended", async () => {
    await using gateway = await startGateway({ config: { scripts: { "once.fcgi": { workers: 1 } } } });
    gateway.script("once.fcgi", once.replace("connection.sendall(left + end)", "signal.pause()"));
    const client = await gateway.connect();
    client.socket.pause();
    client.send(request("GET", "/once.fcgi", ["Connection: close"]));
    await waitFor("nothing more fits", () => existsSync(gateway.folder.file("full")));
    const [pid = 0] = pidsOf(gateway);
    process.kill(pid, "SIGKILL");
    await waitFor("its exit is noticed", () => workersOf(gateway)[0]?.lastExit !== null);
    client.socket.resume();
    expect(await client.rest()).toMatch(/x\r\n$/);
    const trace = await gateway.trace();
    expect(trace).toMatchObject({ process: { pid, signal: "SIGKILL" }, fastcgi: { pid } });
    expect(trace.cause).toEqual(coded("died-in-request", { pid, signal: "SIGKILL" }));
  });
});
