// Connections to a FastCGI application over time: kept, lost, waited for, aborted; and bodies that meet a slow reader.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { TestApplication } from "../../support/fastcgi-application.js";
import { gatewayTo, hello, plain, served, ways } from "../../support/fastcgi-gateway.js";
import { bodyOf, headOf, request, startGateway } from "../../support/gateway.js";
import { findProgram } from "../../support/run/find-program.mjs";
import { tempFolder } from "../../support/temp-workspace.js";
import { settled, waitFor } from "../../support/wait-for.js";

const python = findProgram("python3");
const needsPython = python === null ? " (needs python3)" : "";
/** Listens where it is told, and says where that is. */
const inPython = `
import socket, select, struct, sys
unix = sys.argv[1] != "tcp"
s = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
s.bind(sys.argv[1] if unix else ("127.0.0.1", 0))
s.listen()
print("unix:" + sys.argv[1] if unix else "tcp:127.0.0.1:%d" % s.getsockname()[1], flush=True)
def record(type, content):
    return struct.pack(">BBHHBB", 1, type, 1, len(content), 0, 0) + content
def exactly(c, n):
    data = b""
    while len(data) < n:
        data += c.recv(n - len(data))
    return data
def request(c):
    body = b""
    while True:
        _, type, _, length, padding, _ = struct.unpack(">BBHHBB", exactly(c, 8))
        content = exactly(c, length + padding)[:length]
        if type == 5 and length == 0:
            return body
        if type == 5:
            body += content
def answer(c, text):
    pieces = [text[i:i + 60000] for i in range(0, len(text), 60000)]
    c.sendall(b"".join(record(6, piece) for piece in [b"Content-Type: text/plain\\n\\n", *pieces, b""]) + record(3, bytes(8)))
`;

import { coded } from "../../support/coded.js";

/**
 * Serves a request, waits for the next on the same connection (or its end), closes it without having read
 * that, and serves what comes on another one.
 */
const closesOverUnread = `
for n in (b"1", b"2"):
    c, _ = s.accept()
    answer(c, n + request(c))
    if n == b"1":
        select.select([c], [], [])
    c.close()
`;
/** The same, but the request ends its second connection too, when all of it was read. */
const endsOnBoth = closesOverUnread.replace(
  "answer(c, n + request(c))",
  'body = request(c)\n    if n == b"1": answer(c, body)',
);
/** Says how many bytes of each request came at once, and how many in all. */
const saysWhatCame = `
c, _ = s.accept()
for n in range(30):
    first = data = c.recv(65536)
    while not data.endswith(record(5, b"")):
        data += c.recv(65536)
    answer(c, b"%d of %d" % (len(first), len(data)))
`;

/** A gateway before an application in Python, which ends by itself. */
async function servedByPython(program: string, over: "tcp" | "unix", connections: number) {
  const folder = tempFolder();
  folder.write("app.py", inPython + program);
  const application = spawn(python ?? "", [folder.file("app.py"), over === "tcp" ? "tcp" : folder.file("app.sock")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(application, "exit");
  const [address] = await once(application.stdout, "data");
  const gateway = await gatewayTo(String(address).trim(), connections);
  return {
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      application.kill();
      await exit;
      folder[Symbol.dispose]();
    },
  };
}
const sends = (method: string, body: string): string =>
  plain(method, "/app/", [`Content-Length: ${body.length}`], body);
const post = (body: string): string => sends("POST", body);
const long = "Content-Type: text/plain\r\n\r\n";

describe.each(ways)("over %s, kept connections: %s", (over, connections) => {
  test("F19, F20: a client that leaves: ABORT_REQUEST, and a connection that is kept serves the next", async () => {
    await using t = await served(
      (r) => (r.params.get("PATH_INFO") === "/wait" ? r.aborted.then(() => void r.end()) : void r.answer(hello)),
      {
        over,
        connections,
      },
    );
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
    expect(
      t.application.connections[0]?.records.filter(
        ({ header }) => header.type === recordType.stdin && header.contentLength === 0,
      ),
    ).toEqual([]);
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
    `F12: one that is closed over an unread request is replaced, and the request runs once${needsPython}`,
    async () => {
      await using t = await servedByPython(closesOverUnread, over, 1);
      expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("1");
      expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("2");
      const [, trace] = await t.gateway.ended(2);
      expect(trace).toMatchObject({ outcome: "ok", fastcgi: { attempts: 2, reused: false } });
      expect(trace?.fastcgi?.notes).toEqual([coded("kept-connection-closed", { errno: expect.stringMatching(/^E/) })]);
    },
  );

  test.skipIf(python === null)(
    `F12: when the second attempt ends the connection too, the doctor tells of both${needsPython}`,
    async () => {
      await using t = await servedByPython(endsOnBoth, over, 1);
      await t.gateway.ask(plain("GET", "/app/"));
      expect(headOf(await t.gateway.ask(plain("GET", "/app/")))).toContain("502");
      const trace = (await t.gateway.ended(2))[1];
      expect(trace).toMatchObject({
        cause: coded("died-unanswered"),
        fastcgi: { notes: [coded("kept-connection-closed")] },
        findings: [{ rule: "fastcgi-died" }],
      });
    },
  );

  test.skipIf(python === null)(
    `F12: a put on one that is closed at that very moment goes out again on another, and its body is in the trace once${needsPython}`,
    async () => {
      await using t = await servedByPython(closesOverUnread, over, 1);
      expect(bodyOf(await t.gateway.ask(sends("PUT", "one")))).toBe("1one");
      expect(bodyOf(await t.gateway.ask(sends("PUT", "second")))).toBe("2second");
      const [, trace] = await t.gateway.ended(2);
      expect(trace).toMatchObject({ outcome: "ok", stdin: { bytes: 6 }, fastcgi: { attempts: 2, reused: false } });
      expect(
        trace?.fastcgi?.records
          .filter(({ type }) => type === recordType.stdin)
          .map(({ contentLength }) => contentLength),
      ).toEqual([6, 0]);
    },
  );

  test.skipIf(python === null)(
    `F12: a body too long to be sent twice goes out on a connection of its own${needsPython}`,
    async () => {
      await using t = await servedByPython(closesOverUnread, over, 1);
      const long = "x".repeat(100_000);
      expect(bodyOf(await t.gateway.ask(post("one")))).toBe("1one");
      expect(bodyOf(await t.gateway.ask(post(long)))).toBe(`2${long}`);
      expect((await t.gateway.ended(2))[1]).toMatchObject({
        outcome: "ok",
        stdin: { bytes: 100_000 },
        fastcgi: { attempts: 1, reused: false },
      });
    },
  );

  test.each(["PUT", "GET"])(
    "F12: %s that an application closes its kept connection on without an answer is asked once more, and no more",
    async (method) => {
      await using t = await served(
        async (r) => {
          await r.body;
          if (t.application.requests.length === 1) r.answer(hello);
          else r.close();
        },
        { over, connections: 1 },
      );
      expect(bodyOf(await t.gateway.ask(sends(method, "one")))).toBe("hello");
      expect(headOf(await t.gateway.ask(sends(method, "two")))).toContain(" 502 ");
      expect(t.application.requests).toHaveLength(3);
      expect((await t.gateway.ended(2))[1]).toMatchObject({
        outcome: "upstream-error",
        fastcgi: { attempts: 2, reused: false, notes: [coded("kept-connection-closed", { errno: null })] },
      });
    },
  );

  test("one that a route keeps serves every route to its address: a process that takes one connection is never asked for a second", async () => {
    await using application = await TestApplication.listen((r) => void r.answer(hello), { over });
    const { address } = application;
    const routes = [
      { path: "/app/", address, connections: 1 },
      { path: "/other/", address },
    ];
    await using gateway = await startGateway({ config: { routes } });
    for (const path of ["/app/", "/other/", "/app/"])
      expect(bodyOf(await gateway.ask(plain("GET", path)))).toBe("hello");
    await Promise.all(["/app/", "/other/", "/other/"].map((path) => gateway.ask(plain("GET", path))));
    expect(application.connections).toHaveLength(1);
  });

  test("F12: a request that an application began to answer and died with is not run again", async () => {
    await using t = await served(
      (r) => {
        if (t.application.requests.length === 1) return void r.answer(hello);
        r.stdout("Content-Type: text/plain\n\n");
        r.close();
      },
      { over, connections: 1 },
    );
    expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("hello");
    await t.gateway.ask(plain("GET", "/app/"));
    expect(t.application.requests).toHaveLength(2);
    expect((await t.gateway.ended(2))[1]).toMatchObject({
      outcome: "upstream-error",
      fastcgi: { attempts: 1, reused: true },
    });
  });
});

test("F03: after one connection made way for another, there are still no more than configured", async () => {
  let [open, most] = [0, 0];
  await using t = await served(
    async (r) => {
      most = Math.max(most, ++open);
      await r.body;
      open--;
      r.answer(hello);
    },
    { over: "unix", connections: 1 },
  );
  await t.gateway.ask(plain("GET", "/app/"));
  await t.gateway.ask(sends("PUT", "x".repeat(100_000))); // on a fresh one, in place of the one that was kept
  const puts = await Promise.all(
    Array.from({ length: 4 }, () => t.gateway.ask(sends("PUT", "x".repeat(50_000))).then(bodyOf)),
  );
  expect(puts).toEqual(Array(4).fill("hello"));
  expect([most, t.application.connections.length]).toEqual([1, 2]);
  const posts = await Promise.all(Array.from({ length: 4 }, () => t.gateway.ask(post("once")).then(bodyOf)));
  expect(posts).toEqual(Array(4).fill("hello"));
  expect([most, t.application.connections.length]).toEqual([1, 6]); // each on its own
});

describe.each(ways)("an early answer, over %s, kept connections: %s", (over, connections) => {
  test("F13: one that closes over an unread body has its answer delivered", async () => {
    await using t = await served(() => {}, { over, connections });
    const total = 4 << 20;
    const client = await t.gateway.connect();
    client.send(plain("POST", "/app/", [`Content-Length: ${total}`]));
    client.socket.write(new Uint8Array(1000));
    const r = await waitFor("the request", () => t.application.requests[0] ?? null);
    // In one turn of ours: more of the body waits for the gateway before the answer does, so that
    // its next write comes before its next read.
    r.connection.socket.pause();
    client.socket.write(new Uint8Array(total - 1000));
    r.stdout("Status: 413 Content Too Large\r\nContent-Type: text/plain\r\n\r\ntoo long").stdout("").end();
    r.connection.socket.destroy();
    const response = await client.rest();
    expect(headOf(response)).toContain(" 413 ");
    expect(bodyOf(response)).toBe("too long");
    expect(await t.gateway.trace()).toMatchObject({
      outcome: "ok",
      response: { status: 413 },
      fastcgi: { appStatus: 0, attempts: 1 },
    });
  });

  test("F16: one that breaks off has the part that came delivered, and what broke is told", async () => {
    await using t = await served(() => {}, { over, connections });
    const total = 4 << 20;
    const client = await t.gateway.connect();
    client.send(plain("POST", "/app/", [`Content-Length: ${total}`]));
    client.socket.write(new Uint8Array(1000));
    const r = await waitFor("the request", () => t.application.requests[0] ?? null);
    r.connection.socket.pause();
    client.socket.write(new Uint8Array(total - 1000));
    r.stdout("Content-Type: text/plain\r\n\r\nthe first part");
    r.connection.socket.destroy();
    expect(await client.rest()).toMatch(/the first part$/);
    const trace = await t.gateway.trace();
    expect(trace).toMatchObject({ outcome: "upstream-error", stdout: { bytes: 42 } });
    expect(trace.cause).toEqual(coded("died-in-response", { fact: coded("ended-in-response", { stdoutBytes: 42 }) }));
  });
});

describe.skipIf(python === null).each(["tcp", "unix"] as const)(`over %s${needsPython}`, (over) => {
  test("F13: a short body that is there goes out with the head and its end in one piece", async () => {
    await using t = await servedByPython(saysWhatCame, over, 1);
    for (let n = 0; n < 30; n++)
      expect(bodyOf(await t.gateway.ask(sends("PUT", `number ${n}`)))).toMatch(/^(\d+) of \1$/);
    const [trace] = await t.gateway.ended(1);
    expect(trace).toMatchObject({ outcome: "ok", stdin: { bytes: 8 } });
    expect(trace?.fastcgi?.records.map(({ direction, type }) => `${direction} ${type}`).slice(0, 5)).toEqual([
      "sent 1",
      "sent 4",
      "sent 4",
      "sent 5",
      "sent 5",
    ]);
  });
});

test("F03, F21: more requests than connections wait their turn, one at a time on each, and the trace shows the wait", async () => {
  const open = new Map<object, () => void>();
  await using t = await served(
    (r) => {
      expect(open.has(r.connection)).toBe(false);
      open.set(r.connection, () => {
        open.delete(r.connection);
        r.answer(hello);
      });
    },
    { over: "unix", connections: 2 },
  );
  const answers = Promise.all(Array.from({ length: 6 }, () => t.gateway.ask(plain("GET", "/app/")).then(bodyOf)));
  await waitFor("all six have come", () => t.gateway.listener.running === 6);
  /** When the application was allowed to answer, in the clock of the traces. */
  const answeredAt: number[] = [];
  for (let n = 0; n < 6; n++) {
    const [answer] = await waitFor("one to answer", () =>
      open.size === Math.min(2, 6 - n) ? [...open.values()] : null,
    );
    answeredAt.push(performance.now());
    answer?.();
  }
  expect(await answers).toEqual(Array(6).fill("hello"));
  expect(t.application.connections).toHaveLength(2);
  const readyAt = (await t.gateway.ended(6)).map(({ t0Ms, fastcgi }) => t0Ms + (fastcgi?.readyAt ?? 0));
  readyAt
    .sort((a, b) => a - b)
    .forEach((at, n) => {
      if (n < 2) expect(at).toBeLessThan(answeredAt[0] ?? 0);
      else expect(at).toBeGreaterThan(answeredAt[n - 2] ?? 0);
    });
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
        if (r.connection.socket.writableNeedDrain)
          await new Promise((resolve) => r.connection.socket.once("drain", resolve));
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
  expect(await settled(() => t.application.connections[0]?.socket.bytesWritten ?? 0)).toBeLessThan(20 << 20);
  client.socket.resume();
  expect(bodyOf(await client.rest()).length).toBe(total);
  expect(await t.gateway.trace()).toMatchObject({ outcome: "ok", stdout: { bytes: total + long.length } });
});

test("F13: an application that does not read holds the upload back, and gets all in the end", async () => {
  const total = 20 << 20;
  let goOn = (): void => {};
  const mayRead = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await using t = await served(
    async (r) => {
      r.connection.socket.pause();
      await mayRead;
      r.connection.socket.resume();
      r.answer(`${long}${(await r.body).length}`);
    },
    { over: "unix", connections: 1 },
  );
  const client = await t.gateway.connect();
  client.send(plain("POST", "/app/", [`Content-Length: ${total}`]));
  client.socket.write(new Uint8Array(total));
  expect(await settled(() => client.socket.writableLength)).toBeGreaterThan(0);
  goOn();
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
