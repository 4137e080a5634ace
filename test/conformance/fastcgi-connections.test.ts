// Connections to a FastCGI application over time: kept, lost, waited for, given up; and bodies that meet a slow reader.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { recordType } from "../../server/protocol/fastcgi/record-types.js";
import { gatewayTo, hello, plain, served, ways } from "../support/fastcgi-gateway.js";
import { bodyOf, headOf, request } from "../support/gateway.js";
import { findProgram } from "../support/run/find-program.mjs";
import { tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

const python = findProgram("python3");
/** Serves a request, waits for the next on the same connection, closes it without having read that, and serves what comes on another one. */
const closesOverUnread = `
import socket, select, sys
unix = sys.argv[1] != "tcp"
s = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
s.bind(sys.argv[1] if unix else ("127.0.0.1", 0))
s.listen()
print("unix:" + sys.argv[1] if unix else "tcp:127.0.0.1:%d" % s.getsockname()[1], flush=True)
def record(type, content):
    return bytes([1, type, 0, 1, 0, len(content), 0, 0]) + content
for n in (b"1", b"2"):
    c, _ = s.accept()
    data = b""
    while not data.endswith(record(5, b"")):
        data += c.recv(65536)
    c.sendall(record(6, b"Content-Type: text/plain\\n\\n" + n) + record(6, b"") + record(3, bytes(8)))
    if n == b"1":
        select.select([c], [], [])
    c.close()
`;
const long = "Content-Type: text/plain\r\n\r\n";

describe.each(ways)("over %s, kept connections: %s", (over, connections) => {
  test("F19, F20: a client that leaves: ABORT_REQUEST, and a connection that is kept serves the next", async () => {
    await using t = await served((r) => (r.params.get("PATH_INFO") === "/wait" ? r.aborted.then(() => void r.end()) : void r.answer(hello)), {
      over,
      connections,
    });
    const client = await t.gateway.connect();
    client.send(request("GET", "/app/wait"));
    await waitFor("the request", () => t.application.requests.length === 1);
    client.socket.destroy();
    const trace = await t.gateway.trace();
    expect(trace).toMatchObject({ outcome: "client-gone", fastcgi: { appStatus: 0 } });
    expect(trace.fastcgi?.records.map(({ type }) => type)).toContain(recordType.abortRequest);
    expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("hello");
    expect(t.application.connections).toHaveLength(connections === null ? 2 : 1);
  });

  test("F19, F20: an application that does not heed ABORT_REQUEST loses the connection", async () => {
    await using t = await served(() => {}, { over, connections });
    const client = await t.gateway.connect();
    client.send(request("GET", "/app/"));
    await waitFor("the request", () => t.application.requests.length === 1);
    client.socket.destroy();
    expect(await t.gateway.trace()).toMatchObject({ outcome: "client-gone", fastcgi: { appStatus: null } });
    await t.application.connections[0]?.gone;
  });

  test("F13, F28: an upload that breaks off is never ended as if it were whole", async () => {
    await using t = await served((r) => r.aborted.then(() => void r.end()), { over, connections });
    const client = await t.gateway.connect();
    client.send(request("POST", "/app/", ["Content-Length: 1000"], "half"));
    await waitFor("the request", () => t.application.requests.length === 1);
    client.socket.destroy();
    await t.gateway.trace();
    expect(t.application.connections[0]?.records.filter(({ header }) => header.type === recordType.stdin && header.contentLength === 0)).toEqual([]);
  });

  test("F12: a kept connection that was closed meanwhile is not used", async () => {
    await using t = await served(
      (r) => {
        r.answer(hello);
        r.close();
      },
      { over, connections },
    );
    for (let i = 0; i < 5; i++) expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("hello");
  });
});

describe.each(["tcp", "unix"] as const)("over %s, one connection kept", (over) => {
  test.skipIf(python === null)(
    `F12: one that is closed over an unread request is replaced, and the request runs once${python === null ? " (needs python3)" : ""}`,
    async () => {
      using folder = tempFolder();
      folder.write("app.py", closesOverUnread);
      const application = spawn(python ?? "", [folder.file("app.py"), over === "tcp" ? "tcp" : folder.file("app.sock")], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [address] = await once(application.stdout, "data");
      await using gateway = await gatewayTo(String(address).trim(), 1);
      expect(bodyOf(await gateway.ask(plain("GET", "/app/")))).toBe("1");
      expect(bodyOf(await gateway.ask(plain("GET", "/app/")))).toBe("2");
      expect((await gateway.ended(2))[1]).toMatchObject({ outcome: "ok", fastcgi: { attempts: 2, reused: false } });
      await once(application, "exit");
    },
  );

  test("F12: a request that an application began and died with is not run again", async () => {
    await using t = await served((r) => (t.application.requests.length === 1 ? void r.answer(hello) : r.close()), { over, connections: 1 });
    expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("hello");
    expect(headOf(await t.gateway.ask(plain("GET", "/app/")))).toContain(" 502 ");
    expect(t.application.requests).toHaveLength(2);
    expect((await t.gateway.ended(2))[1]).toMatchObject({ outcome: "upstream-error", fastcgi: { attempts: 1, reused: true } });
  });
});

test("F03, F21: more requests than connections wait their turn, one at a time on each, and the trace shows the wait", async () => {
  const open = new Set<object>();
  await using t = await served(
    async (r) => {
      expect(open.has(r.connection)).toBe(false);
      open.add(r.connection);
      await new Promise((resolve) => setTimeout(resolve, 30));
      open.delete(r.connection);
      r.answer(hello);
    },
    { over: "unix", connections: 2 },
  );
  const bodies = await Promise.all(Array.from({ length: 6 }, () => t.gateway.ask(plain("GET", "/app/")).then(bodyOf)));
  expect(bodies).toEqual(Array(6).fill("hello"));
  expect(t.application.connections).toHaveLength(2);
  const waits = (await t.gateway.ended(6)).map(({ fastcgi }) => (fastcgi?.readyAt ?? 0) - (fastcgi?.queuedAt ?? 0)).sort((a, b) => a - b);
  expect(waits[0]).toBeLessThan(20);
  expect(waits.at(-1)).toBeGreaterThan(40);
});

test("F19: one that waits and leaves is out of the queue; the application never hears of it", async () => {
  const answers: (() => void)[] = [];
  await using t = await served((r) => void answers.push(() => r.answer(hello)), { over: "unix", connections: 1 });
  const first = t.gateway.ask(plain("GET", "/app/first"));
  await waitFor("the first request", () => answers.length === 1);
  const leaver = await t.gateway.connect();
  leaver.send(request("GET", "/app/second"));
  await waitFor("the second request", () => t.gateway.listener.running === 2);
  leaver.socket.destroy();
  const [gone] = await t.gateway.ended(1);
  expect(gone).toMatchObject({ outcome: "client-gone", fastcgi: { readyAt: null, records: [] } });
  answers[0]?.();
  expect(bodyOf(await first)).toBe("hello");
  expect(t.application.requests).toHaveLength(1);
});

test("F14: a client that does not read holds the application back, and gets all in the end", async () => {
  const total = 40 << 20;
  await using t = await served(
    async (r) => {
      r.stdout(long);
      const piece = new Uint8Array(65_528).fill(120);
      for (let sent = 0; sent < total; sent += piece.length) {
        r.stdout(piece.subarray(0, Math.min(piece.length, total - sent)));
        if (r.connection.socket.writableNeedDrain) await new Promise((resolve) => r.connection.socket.once("drain", resolve));
      }
      r.stdout("").end();
    },
    { over: "unix" },
  );
  const client = await t.gateway.connect();
  client.socket.pause();
  client.send(plain("GET", "/app/"));
  await waitFor("the application is held back", () => {
    const { writableNeedDrain = false, bytesWritten = 0 } = t.application.connections[0]?.socket ?? {};
    return writableNeedDrain && bytesWritten > 0 && t.gateway.endedSoFar === 0;
  });
  const held = t.application.connections[0]?.socket.bytesWritten ?? 0;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(t.application.connections[0]?.socket.bytesWritten).toBeLessThan(held + (8 << 20));
  expect(t.application.connections[0]?.socket.bytesWritten).toBeLessThan(20 << 20);
  client.socket.resume();
  expect(bodyOf(await client.rest()).length).toBe(total);
  expect(await t.gateway.trace()).toMatchObject({ outcome: "ok", stdout: { bytes: total + long.length } });
});

test("F13: an application that does not read holds the upload back, and gets all in the end", async () => {
  const total = 20 << 20;
  await using t = await served(
    async (r) => {
      r.connection.socket.pause();
      await new Promise((resolve) => setTimeout(resolve, 100));
      r.connection.socket.resume();
      r.answer(`${long}${(await r.body).length}`);
    },
    { over: "unix", connections: 1 },
  );
  const client = await t.gateway.connect();
  client.send(plain("POST", "/app/", [`Content-Length: ${total}`]));
  client.socket.write(new Uint8Array(total));
  expect(bodyOf(await client.rest())).toBe(String(total));
  expect(await t.gateway.trace()).toMatchObject({ outcome: "ok", stdin: { bytes: total } });
});

test("F14: records beyond 4,096 are counted, not kept", async () => {
  await using t = await served(
    (r) => {
      r.stdout(long);
      for (let i = 0; i < 5000; i++) r.stdout("x");
      r.stdout("").end();
    },
    { over: "unix" },
  );
  expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toHaveLength(5000);
  const { fastcgi } = await t.gateway.trace();
  expect(fastcgi?.records).toHaveLength(4096);
  expect(fastcgi?.omitted).toBe(4 + 5003 - 4096);
});
