// What a record is counted for: the bytes that several of its streams share count once, all others each time.
import { expect, test } from "vitest";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { fromTraceJson } from "../../../server/trace/formats/read-trace-json.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { traceCostBytes } from "../../../server/trace/trace-streams.js";
import { inRecords, traceOf } from "../../support/stored-traces.js";

const body = Buffer.alloc(2 << 20, "x");
const stdout = Buffer.from(`Content-Type: text/plain\n\n${"y".repeat(1 << 20)}`);
const written = (stream: CapturedStream, bytes: Uint8Array): CapturedStream => {
  stream.add(bytes, 1);
  return stream;
};

test.each([
  ["a request body that streams to stdin counts once", true],
  ["one that was read back from a file is there twice", false],
])("%s", (_what, isShared) => {
  const trace = traceOf({ seq: 1, method: "POST", body });
  const { body: kept } = trace.request;
  trace.stdin = written(isShared ? new CapturedStream(1 << 30, null, [kept]) : kept.another(), body);
  const most = isShared ? body.length : 2 * body.length;
  expect(traceCostBytes(trace)).toBeGreaterThan(most);
  expect(traceCostBytes(trace)).toBeLessThan(most + 10_000);
});

test("a trace from a file shares nothing: each of its streams counts", () => {
  const trace = fromTraceJson(toTraceJson(inRecords(traceOf({ seq: 1, method: "POST", body, stdout }), 1 << 15)));
  const { request, stdin, response, fastcgi } = trace;
  const streams = [request.body, stdin, trace.stdout, response?.body, fastcgi?.sent, fastcgi?.received];
  const sum = streams.reduce((bytes, stream) => bytes + (stream?.captured ?? 0), 0);
  expect(sum).toBeGreaterThan(2 * body.length + 2 * stdout.length);
  expect(traceCostBytes(trace)).toBeGreaterThan(sum);
});
