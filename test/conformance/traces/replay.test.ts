// A recorded request sent again over the wire: the same bytes, and a trace that says what it repeats.
import { describe, expect, test } from "vitest";
import { replay } from "../../../server/client/replay.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";
import { fromTraceJson } from "../../../server/trace/formats/read-trace-json.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { problem } from "../../support/coded.js";
import { request, startGateway, type TestGateway } from "../../support/gateway.js";

const again = (gateway: TestGateway, trace: TraceRecord): Promise<TraceRecord> =>
  replay(
    { host: "127.0.0.1", port: gateway.port, overrides: gateway.overrides, stop: (id) => gateway.listener.stop(id) },
    gateway.traces,
    trace,
  );
const bodyOf = (trace: TraceRecord): string =>
  Buffer.from(trace.request.body.read(0, trace.request.body.captured)).toString("latin1");

describe("replay", () => {
  test.each([
    [
      "bytes that are no UTF-8",
      "POST /a.sh?x=%FC HTTP/1.1\r\nHost: 127.0.0.1\r\nx-odd:  M\xfcller \r\nContent-Length: 4\r\nConnection: close\r\n\r\na\0\xfcb",
    ],
    ["HTTP/1.0", "GET /a.sh HTTP/1.0\r\n\r\n"],
    [
      "a connection that is to stay open",
      "GET /a.sh HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive, close\r\n\r\n",
    ],
    [
      "a body in chunks",
      "POST /a.sh HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
    ],
    ["what is malformed", "GET /a.sh HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"],
    ["what node's parser refuses", "GET /a.sh HTTP/1.1\r\nno colon\r\n\r\n"],
    ["an unknown method", "FROB /a.sh HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"],
  ])("%s", async (_name, bytes) => {
    await using gateway = await startGateway();
    gateway.script("a.sh", "printf 'Content-Type: text/plain\\n\\n'; cat");
    await gateway.ask(Buffer.from(bytes, "latin1"));
    const first = await gateway.trace();
    const second = await again(gateway, first);
    expect(second).toMatchObject({
      seq: 2,
      client: { from: "replay" },
      parent: { id: first.id, kind: "replay" },
      outcome: first.outcome,
    });
    expect(Buffer.from(toBytes(second.request.head)).toString("latin1")).toBe(
      Buffer.from(toBytes(first.request.head)).toString("latin1"),
    );
    expect(bodyOf(second)).toBe(bodyOf(first));
    expect(second.response?.status).toBe(first.response?.status);
    const env = (trace: TraceRecord) => trace.env?.filter(({ name }) => name !== "REMOTE_PORT");
    expect(env(second)).toEqual(env(first));
  });

  test("the run after a local redirect, which never came over the wire", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", "printf 'Location: /b.sh/in?q=1\\n\\n'");
    gateway.script("b.sh", 'printf "Content-Type: text/plain\\n\\n$QUERY_STRING"');
    await gateway.ask(request("GET", "/a.sh", ["Connection: close"]));
    const [, run] = await gateway.ended(2);
    if (!run) throw new Error("no second run");
    const second = await again(gateway, run);
    expect(second).toMatchObject({
      request: { target: "/b.sh/in?q=1" },
      response: { status: 200 },
      parent: { id: run.id, kind: "replay" },
    });
  });

  test("is refused if a file brought the script's own variables along: they could make an interpreter run something", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", "printf 'Content-Type: text/plain\\n\\n'");
    await gateway.get("/a.sh");
    const json = toTraceJson(await gateway.trace());
    const imported = (name: string): TraceRecord =>
      fromTraceJson({
        ...json,
        env: [...(json.env ?? []), { name, value: "$(touch ran)", source: "composer", standing: "own" }],
      });
    await expect(again(gateway, imported("BASH_ENV"))).rejects.toThrow(
      problem("variables-from-file", { names: ["BASH_ENV"] }),
    );
    expect(await again(gateway, fromTraceJson(json))).toMatchObject({ outcome: "ok" });
  });

  test("of a file from another tool is one request, however long the file says that the body is", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", "printf 'Content-Type: text/plain\\n\\n'; cat");
    const body = "a=b\r\nGET /a.sh HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    for (const header of [
      { name: "Content-Length", value: "3" },
      { name: "Transfer-Encoding", value: "chunked" },
    ]) {
      const entry = {
        startedDateTime: "2026-01-31T10:00:00Z",
        request: { method: "POST", url: "http://127.0.0.1/a.sh", headers: [header], postData: { text: body } },
        response: { status: 200, headers: [] },
      };
      const [foreign] = readTraces("file", Buffer.from(JSON.stringify({ log: { entries: [entry] } })));
      if (!foreign) throw new Error("no trace");
      const second = await again(gateway, fromTraceJson(foreign));
      expect(second).toMatchObject({ response: { status: 200 } });
      expect(bodyOf(second)).toBe(body);
    }
    expect(await gateway.ended(2)).toHaveLength(2);
  });

  test("is refused when not all of the body was kept", async () => {
    await using gateway = await startGateway({ captureBytes: 2 });
    gateway.script("a.sh", "cat >/dev/null; printf 'Content-Type: text/plain\\n\\n'");
    await gateway.ask(request("POST", "/a.sh", ["Connection: close", "Content-Length: 5"], "abcde"));
    await expect(again(gateway, await gateway.trace())).rejects.toThrow(
      problem("body-not-kept", { captured: 2, bytes: 5 }),
    );
  });
});

describe("pinned traces and clearing", () => {
  test("clearing forgets what is not pinned, and its rows", async () => {
    await using gateway = await startGateway();
    gateway.file("a.txt", "a");
    for (let n = 0; n < 3; n++) await gateway.get("/a.txt");
    const [first, second] = await gateway.ended(3);
    if (!first || !second) throw new Error("no traces");
    expect(gateway.traces.pin(second.id, true)).toBe(true);
    expect(gateway.traces.pin("nothing", true)).toBe(false);
    gateway.traces.clear();
    expect([gateway.traces.get(first.id), gateway.traces.get(second.id)?.seq, gateway.traces.count]).toEqual([
      null,
      2,
      1,
    ]);
    const { rows, cleared, next } = await gateway.traces.rows.next(0, 100, AbortSignal.timeout(5000));
    expect(rows.map(({ seq, pinned, rev }) => [seq, pinned, rev > cleared])).toEqual([[2, true, true]]);
    gateway.traces.pin(second.id, false);
    gateway.traces.clear();
    expect(await gateway.traces.rows.next(next, 100, AbortSignal.timeout(5000))).toMatchObject({ rows: [], missed: 0 });
  });
});
