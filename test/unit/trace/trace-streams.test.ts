// What a trace that was read from a file is counted for: it shares nothing, so each of its streams counts.
import { expect, test } from "vitest";
import { fromTraceJson } from "../../../server/trace/formats/read-trace-json.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { allBytes } from "../../../server/trace/trace-streams.js";
import { inRecords, traceOf } from "../../support/stored-traces.js";

const body = Buffer.alloc(2 << 20, "x");
const stdout = Buffer.from(`Content-Type: text/plain\n\n${"y".repeat(1 << 20)}`);

test("each stream of a trace from a file counts", () => {
  const trace = fromTraceJson(toTraceJson(inRecords(traceOf({ seq: 1, method: "POST", body, stdout }), 1 << 15)));
  const { request, stdin, response, fastcgi } = trace;
  const streams = [request.body, stdin, trace.stdout, trace.stderr, response?.body, fastcgi?.sent, fastcgi?.received];
  const sum = streams.reduce((bytes, stream) => bytes + (stream?.captured ?? 0), 0);
  expect(sum).toBeGreaterThan(2 * body.length + 2 * stdout.length);
  expect(allBytes(trace)).toBe(sum);
});
