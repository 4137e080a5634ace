// Responses of FastCGI applications, valid and not quite valid: what the client gets, and what the trace notes.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { encodeEndRequest, encodeUnknownType } from "../../support/application-records.js";
import { coded } from "../../support/coded.js";
import { type ReceivedRequest, text } from "../../support/fastcgi-application.js";
import { hello, plain, served, ways } from "../../support/fastcgi-gateway.js";
import { bodyOf, headOf, request } from "../../support/gateway.js";
import { waitFor } from "../../support/wait-for.js";

/** One GET; its response and trace. */
async function got(
  serve: (request: ReceivedRequest) => void | Promise<void>,
  over: "tcp" | "unix" = "unix",
  connections: number | null = 1,
) {
  await using t = await served(serve, { over, connections });
  const response = await t.gateway.ask(plain("GET", "/app/"));
  return {
    response,
    status: Number(/^HTTP\/1.1 (\d+)/.exec(response)?.[1]),
    body: bodyOf(response),
    trace: await t.gateway.trace(),
  };
}
const bytes = (text: string) => toBytes(byteString(text));
const record = (type: number, id: number, text: string, padding?: number) =>
  encodeRecord(type, id, bytes(text), padding);

describe.each(ways)("over %s, kept connections: %s", (over, connections) => {
  test("F05, F14: any records of any padding, STDERR between them, an empty STDERR, sent byte by byte", async () => {
    const { body, trace } = await got(
      async (r) => {
        const wire = Buffer.concat([
          record(recordType.stdout, 1, "Content-Ty", 255),
          record(recordType.stderr, 1, "first "),
          record(recordType.stdout, 1, "pe: text/plain\r", 0),
          record(recordType.stdout, 1, "\n\r", 1),
          record(recordType.stderr, 1, "second", 13),
          record(recordType.stdout, 1, "\nhel"),
          record(recordType.stderr, 1, ""),
          record(recordType.stdout, 1, "lo"),
          record(recordType.stdout, 1, "", 7),
          encodeEndRequest(1, { appStatus: 0, protocolStatus: 0 }),
        ]);
        for (const byte of wire) {
          r.connection.send(Uint8Array.of(byte));
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (!r.keepConnection) r.close();
      },
      over,
      connections,
    );
    expect(body).toBe("hello");
    expect(trace).toMatchObject({ outcome: "ok", stderr: { bytes: 12 }, fastcgi: { notes: [] } });
    expect(
      trace.fastcgi?.records
        .filter(({ direction }) => direction === "received")
        .map(({ type, contentLength, paddingLength }) => [type, contentLength, paddingLength]),
    ).toEqual([
      [6, 10, 255],
      [7, 6, 2],
      [6, 15, 0],
      [6, 2, 1],
      [7, 6, 13],
      [6, 4, 4],
      [7, 0, 0],
      [6, 2, 6],
      [6, 0, 7],
      [3, 8, 0],
    ]);
  });

  test("F16: END_REQUEST without the empty STDOUT record ends the response all the same, and the trace notes it", async () => {
    const { body, trace } = await got((r) => void r.stdout(hello).end(), over, connections);
    expect(body).toBe("hello");
    expect(trace).toMatchObject({ outcome: "ok", fastcgi: { appStatus: 0 } });
    expect(trace.fastcgi?.notes).toEqual([coded("stdout-not-ended")]);
  });

  test.each(["Content-Type: text/plain\r\n", ""])(
    "F16: END_REQUEST before the header is complete is 502 (%j)",
    async (head) => {
      const { status, trace } = await got((r) => void r.stdout(head).end(), over, connections);
      expect(status).toBe(502);
      expect(trace).toMatchObject({ outcome: "invalid-output" });
    },
  );
});

test("F02, F14: what is captured of a conversation is every byte of it, each record at its place", async () => {
  const { trace } = await got((r) => void r.stdout(hello, 3).stderr("oops", 200).end());
  const { fastcgi } = trace;
  if (!fastcgi) throw new Error("no conversation");
  for (const { direction, offset, type, contentLength } of fastcgi.records) {
    const header = fastcgi[direction].read(offset, 8);
    expect([...header].slice(0, 2)).toEqual([1, type]);
    expect(((header[4] ?? 0) << 8) | (header[5] ?? 0)).toBe(contentLength);
  }
  const [begin] = fastcgi.records;
  expect([...fastcgi.sent.read((begin?.offset ?? 0) + 8, 8)]).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
  const last = fastcgi.records.at(-1);
  expect((last?.offset ?? 0) + 8 + (last?.contentLength ?? 0) + (last?.paddingLength ?? 0)).toBe(
    fastcgi.received.bytes,
  );
  const times = fastcgi.records.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(fastcgi.queuedAt).toBeLessThanOrEqual(fastcgi.readyAt ?? 0);
  expect(fastcgi.readyAt).toBeLessThanOrEqual(fastcgi.connectedAt ?? 0);
});

test("F04, F21: records for other requests, interleaved, are left out and noted", async () => {
  const { body, trace } = await got((r) => {
    r.connection.send(
      record(recordType.stdout, 7, "Content-Type: text/html\r\n\r\nother"),
      encodeEndRequest(7, { appStatus: 9, protocolStatus: 0 }),
    );
    r.answer(hello);
  });
  expect(body).toBe("hello");
  expect(trace.fastcgi?.notes).toEqual([
    coded("record-of-other-request", { record: "STDOUT", requestId: 7, expected: 1 }),
    coded("record-of-other-request", { record: "END_REQUEST", requestId: 7, expected: 1 }),
  ]);
  expect(trace).toMatchObject({ outcome: "ok", fastcgi: { appStatus: 0 } });
});

test("F04: records for request 0, which only management records have, are left out and noted, and end nothing", async () => {
  const { status, trace } = await got((r) => {
    r.connection.send(
      record(recordType.stdout, 0, hello),
      record(recordType.stdout, 0, ""),
      encodeEndRequest(0, { appStatus: 0, protocolStatus: 0 }),
    );
    r.close();
  });
  expect([status, trace.outcome, trace.stdout?.bytes]).toEqual([502, "upstream-error", 0]);
  expect(trace.cause).toEqual(coded("died-unanswered"));
  expect(trace.fastcgi?.notes).toEqual(
    ["STDOUT", "END_REQUEST"].map((record) => coded("record-of-other-request", { record, requestId: 0, expected: 1 })),
  );
});

test("F10: UNKNOWN_TYPE, STDIN and unknown record types are ignored and noted", async () => {
  const { body, trace } = await got((r) => {
    r.connection.send(encodeUnknownType(42), record(recordType.stdin, 1, "yours"), record(99, 1, "what"));
    r.answer(hello);
  });
  expect(body).toBe("hello");
  expect(trace.fastcgi?.notes).toEqual(
    ["UNKNOWN_TYPE", "STDIN", "type 99"].map((record) => coded("unexpected-record", { record })),
  );
});

test("F16: STDOUT after its end is taken; the end of the connection after STDOUT's end counts as END_REQUEST", async () => {
  const more = await got((r) => void r.stdout("Content-Type: text/plain\r\n\r\nhel").stdout("").stdout("lo").end());
  expect(more.body).toBe("hello");
  expect(more.trace.fastcgi?.notes[0]).toEqual(coded("stdout-after-its-end"));
  const closed = await got((r) => r.stdout(hello).stdout("").close());
  expect(closed.body).toBe("hello");
  expect(closed.trace).toMatchObject({ outcome: "ok", fastcgi: { appStatus: null } });
  expect(closed.trace.fastcgi?.notes[0]).toEqual(coded("no-end-request"));
});

test.each([
  ["zero bytes", "\0".repeat(8), coded("undeclared-padding", { record: "END_REQUEST" })],
  ["text", "bye\n", coded("bytes-after-record", { record: "END_REQUEST", line: "“bye”" })],
])(
  "F16: %s after END_REQUEST, in the same read: the response counts, and the connection is closed",
  async (_, stray, problem) => {
    await using t = await served(
      ({ connection }) =>
        connection.send(
          Buffer.concat([
            record(recordType.stdout, 1, hello),
            record(recordType.stdout, 1, ""),
            encodeEndRequest(1, { appStatus: 0, protocolStatus: 0 }),
            bytes(stray),
          ]),
        ),
      { over: "unix", connections: 1 },
    );
    for (let n = 0; n < 2; n++) expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("hello");
    for (const { outcome, fastcgi } of await t.gateway.ended(2)) {
      expect([outcome, fastcgi?.reused]).toEqual(["ok", false]);
      expect(fastcgi?.notes).toEqual([coded("bytes-after-end", { problem })]);
    }
    for (const connection of t.application.connections) expect(["end", "close"]).toContain(await connection.gone);
  },
);

test("F17: OVERLOADED is 503, UNKNOWN_ROLE and unknown statuses are 502, each with its own message", async () => {
  const refused = (status: number) => got((r) => void r.end(0, status));
  const overloaded = await refused(2);
  expect(overloaded).toMatchObject({
    status: 503,
    trace: { outcome: "upstream-error", fastcgi: { protocolStatus: 2 } },
  });
  expect(overloaded.trace.cause).toEqual(coded("overloaded"));
  const role = await refused(3);
  expect(role).toMatchObject({ status: 502, trace: { outcome: "upstream-error" } });
  expect(role.trace.cause).toEqual(coded("unknown-role"));
  expect((await refused(77)).trace.cause).toEqual(coded("unknown-protocol-status", { status: "status 77" }));
});

test("F17: CANT_MPX_CONN is answered by asking again on a new connection", async () => {
  let asked = 0;
  const { body, trace } = await got((r) => void (asked++ === 0 ? r.end(0, 1) : r.answer(hello)));
  expect(body).toBe("hello");
  expect(trace).toMatchObject({ outcome: "ok", fastcgi: { attempts: 2, protocolStatus: 0 } });
  expect(trace.fastcgi?.records.filter(({ type }) => type === recordType.beginRequest)).toHaveLength(1);
  const never = await got((r) => void r.end(0, 1));
  expect(never).toMatchObject({ status: 502, trace: { fastcgi: { attempts: 3 } } });
  expect(never.trace.cause).toEqual(coded("busy"));
});

test.each(ways)(
  "F17: over %s, kept connections: %s: what came of a body before CANT_MPX_CONN goes out again, with what comes after",
  async (over, connections) => {
    let refuse = (): void => {};
    await using t = await served(
      async (r) => {
        if (t.application.requests.length > 1) r.answer(`Content-Type: text/plain\r\n\r\n${text(await r.body)}`);
        else refuse = () => void r.end(0, 1);
      },
      { over, connections },
    );
    const client = await t.gateway.connect();
    client.send(plain("POST", "/app/", ["Content-Length: 14"], "before, "));
    const types = () => t.application.connections[0]?.records.map(({ header }) => header.type) ?? [];
    await waitFor("the first part", () => types().includes(recordType.stdin));
    const refusedAt = performance.now();
    refuse();
    client.send("after.");
    expect(bodyOf(await client.rest())).toBe("before, after.");
    const trace = await t.gateway.trace();
    expect(trace).toMatchObject({ outcome: "ok", stdin: { bytes: 14 }, fastcgi: { attempts: 2, protocolStatus: 0 } });
    expect(trace.fastcgi?.records.filter(({ type }) => type === recordType.stdin).at(-1)).toMatchObject({
      contentLength: 0,
    });
    // The first attempt does not count as opening a connection, nor as waiting for one.
    const { queuedAt, readyAt, connectedAt } = trace.fastcgi ?? {};
    const [queued = 0, ready = 0, connected = 0] = [queuedAt, readyAt, connectedAt].map((at) => trace.t0Ms + (at ?? 0));
    expect(queued).toBeGreaterThan(refusedAt);
    expect(ready).toBeGreaterThanOrEqual(queued);
    expect(connected).toBeGreaterThanOrEqual(ready);
  },
);

test("F18: the application's status is in the trace; another than 0 after a good response marks it", async () => {
  const { body, trace } = await got((r) => void r.stdout(hello).stdout("").end(0xfffffffe));
  expect(body).toBe("hello");
  expect(trace).toMatchObject({ outcome: "crashed", fastcgi: { appStatus: 4294967294 } });
  expect(trace.cause).toEqual(coded("failed-after-header", { responder: "application", appStatus: 4294967294 }));
});

test("F24: there is no NPH: a status line is not HTTP, whatever the path's name", async () => {
  await using t = await served((r) => void r.answer("Status: 404 Gone away\r\nContent-Type: text/plain\r\n\r\nno"), {});
  const response = await t.gateway.ask(plain("GET", "/app/nph-x"));
  expect(headOf(response)).toMatch(/^HTTP\/1.1 404 Gone away\r\n/);
  await using redirects = await served(
    (r) => void r.answer(r.params.get("PATH_INFO") === "/from" ? "Location: /app/to\r\n\r\n" : hello),
    {},
  );
  expect(bodyOf(await redirects.gateway.ask(plain("GET", "/app/from")))).toBe("hello");
  expect((await redirects.gateway.ended(2)).map(({ parent }) => parent?.kind)).toEqual([undefined, "local-redirect"]);
});

test("F06, F07: variables above 127 and of 65,535 bytes and more arrive whole", async () => {
  const cookie = `a=${"c".repeat(50_000)}`;
  await using t = await served(
    (r) => {
      const parts = ["HTTP_COOKIE", "BIG", "LIMIT"].map((name) =>
        createHash("sha256")
          .update(r.params.get(name) ?? "")
          .digest("hex"),
      );
      r.answer(`Content-Type: text/plain\r\n\r\n${parts.join(" ")}`);
    },
    { config: { variables: { BIG: "b".repeat(70_000), LIMIT: "l".repeat(65_535) } } },
  );
  const hash = (value: string) => createHash("sha256").update(value).digest("hex");
  expect(bodyOf(await t.gateway.ask(plain("GET", "/app/", [`Cookie: ${cookie}`])))).toBe(
    [cookie, "b".repeat(70_000), "l".repeat(65_535)].map(hash).join(" "),
  );
  const sizes =
    t.application.connections[0]?.records
      .filter(({ header }) => header.type === recordType.params)
      .map(({ header }) => header.contentLength) ?? [];
  expect(sizes.at(-1)).toBe(0);
  expect(Math.max(...sizes)).toBe(65_535);
});

test("F15, F28: an application that answers before it reads gets no more of the body, and the connection is not used again", async () => {
  await using t = await served((r) => void r.answer(hello), { over: "unix", connections: 1 });
  const client = await t.gateway.connect();
  client.send(request("POST", "/app/", ["Connection: close", "Content-Length: 100000"], "x".repeat(10)));
  expect(await client.until("hello")).toContain("HTTP/1.1 200 OK");
  client.socket.destroy();
  await t.gateway.ended(1);
  expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("hello");
  expect(t.application.connections).toHaveLength(2);
});
