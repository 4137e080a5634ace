// Two responses beside each other, where not all of their bodies was kept.
import { expect, test } from "vitest";
import { compareTraces } from "../../../server/features/exchange/compare-responses.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { traceOf } from "../../support/stored-traces.js";

/** `kept`: so many bytes of the body; null: all. */
function answered(body: string | Buffer, kept: number | null = null): TraceRecord {
  const trace = traceOf({ seq: 1 });
  if (!trace.response) throw new Error("the trace has a response");
  const bytes = Buffer.from(body);
  const stream = new CapturedStream(kept ?? bytes.length);
  stream.add(bytes, 1);
  trace.response = { ...trace.response, body: stream };
  return trace;
}

function withHeader(value: string): TraceRecord {
  const trace = answered("");
  return { ...trace, response: trace.response && { ...trace.response, headers: [[utf8("X"), utf8(value)]] } };
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

/** A response with this body alone, of any bytes. */
const ofBytes = (text: string): TraceRecord => answered(Buffer.from(text, "latin1"));

test.each([
  ["a line end", "a\r\nb", "a\nb"],
  ["a tab", "line\tz", "line z"],
  ["a space", "a\xa0b", "a b"],
  ["the end of a character", "café", "cafè"],
  ["the length of a character", "caf\xc3", "café"],
])("responses that differ in %s are quoted differently, in the body and in a header", (_, was, now) => {
  for (const [one, other] of [
    [answered(was), answered(now)],
    [ofBytes(was), ofBytes(now)],
    [withHeader(was), withHeader(now)],
  ] as const) {
    const [difference] = compareTraces(one, other).differences;
    expect(difference?.was).not.toBe(difference?.now);
    const { data } = difference?.message ?? { data: null };
    expect(data?.["was"]).not.toBe(data?.["now"]);
    expect(data?.["was"]).not.toContain("\ufffd");
  }
});

test("an excerpt begins and ends with whole characters", () => {
  const rest = "é".repeat(40);
  const quotations = (was: string, now: string) =>
    compareTraces(answered(was + rest), answered(now + rest)).differences;
  const end = "é".repeat(29);
  expect(quotations("xé", "xè")).toMatchObject([{ offset: 2, was: `é${end}`, now: `è${end}` }]);
  expect(quotations("a", "b")).toMatchObject([{ offset: 0, was: `a${end}`, now: `b${end}` }]);
});
