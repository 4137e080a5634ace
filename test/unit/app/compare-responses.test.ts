// Two responses beside each other, where not all of their bodies was kept.
import { expect, test } from "vitest";
import { compareTraces } from "../../../server/app/exchange/compare-responses.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { traceOf } from "../../support/stored-traces.js";

/** `kept`: so many bytes of the body; null: all. */
function answered(body: string, kept: number | null = null): TraceRecord {
  const trace = traceOf({ seq: 1 });
  if (!trace.response) throw new Error("the trace has a response");
  const stream = new CapturedStream(kept ?? body.length);
  stream.add(Buffer.from(body), 1);
  trace.response = { ...trace.response, body: stream };
  return trace;
}

test.each([
  ["all of both", "hello", null, "hello", null, 0],
  ["nothing of one", "hello", 0, "other", null, 5],
  ["the beginning of one", "hello", 2, "help!", null, 3],
  ["the beginning of both", "hello", 4, "help!", 3, 2],
])(
  "%s was kept: if that does not differ, the report counts the bytes that were not compared",
  (_, was, kept, now, keptNow, bytes) => {
    expect(compareTraces(answered(was, kept), answered(now, keptNow))).toMatchObject({
      alike: true,
      uncompared: bytes,
    });
  },
);

test.each([
  ["in the kept bytes", "hello", 2, "jello", null],
  ["in the length", "hello", 2, "hello, you", null],
])("a difference %s is one", (_, was, kept, now, keptNow) => {
  expect(compareTraces(answered(was, kept), answered(now, keptNow))).toMatchObject({ alike: false, uncompared: 0 });
});
