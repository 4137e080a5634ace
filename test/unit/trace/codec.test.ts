// Traces that are encoded and decoded: numbers beyond 32 bits, many parts, and damaged bytes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { asSentence } from "../../../server/contract/message.js";
import type { Finding } from "../../../server/contract/trace.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { decodeTrace, recordedExitCode } from "../../../server/trace/codec/decode-trace.js";
import { recordAt, recordsOf } from "../../../server/trace/codec/record.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { encoded, inRecords, traceOf } from "../../support/stored-traces.js";

function again(trace: TraceRecord): TraceRecord {
  const { data, at, context } = encoded(trace);
  return decodeTrace(recordAt(data, at), context, { seq: trace.seq, pinned: false, findings: null });
}

test("times and numbers come back as they were, however large", () => {
  const trace = inRecords(traceOf({ seq: 1, tookMs: 40 * 24 * 3_600_000 + 0.123 }), 100);
  const { fastcgi } = trace;
  if (fastcgi) fastcgi.nth = 2 ** 40;
  const odd = { ...trace, connection: { id: -5, nth: 2 ** 33 + 1 } };
  const found = again(odd);
  expect(found.timing).toEqual(trace.timing);
  expect([found.connection, found.fastcgi?.nth]).toEqual([odd.connection, 2 ** 40]);
});

test("a row gets the exit code without the rest of a trace, which may speak of another one", () => {
  const process = { pid: 1, start: "native", signal: null, errno: null, userMs: 1, systemMs: 1, maxRssKb: 1 } as const;
  const codeOf = (trace: TraceRecord): number | null => {
    const { data, at } = encoded(trace);
    return recordedExitCode(recordAt(data, at));
  };
  const trace = traceOf({ seq: 1 });
  const finding: Finding = {
    ...{ rule: "ended-badly", severity: "hint", title: asSentence(""), detail: asSentence("") },
    ...{
      stream: null,
      range: null,
      line: null,
      reference: null,
      fixes: [],
      evidence: [{ kind: "process", exitCode: 9, signal: null }],
    },
  };
  for (const exitCode of [0, 1, 255, null])
    expect(codeOf({ ...trace, process: { ...process, exitCode } })).toBe(exitCode);
  expect(codeOf({ ...trace, process: null, findings: [finding] })).toBeNull();
});

test("streams of many parts in memory of their own are encoded at once, and those that share it lie once", () => {
  const parts = Array.from({ length: 3000 }, (_, index) => new Uint8Array(4096).fill(index));
  const streamFrom = (own: boolean): CapturedStream => {
    const stream = new CapturedStream(Number.MAX_SAFE_INTEGER);
    for (const [index, part] of parts.entries()) stream.add(own ? Uint8Array.from(part) : part, index);
    return stream;
  };
  const trace = traceOf({ seq: 1 });
  trace.stdin = streamFrom(true);
  trace.stderr = streamFrom(false);
  trace.stdout = streamFrom(false);
  const { length } = encoded(trace);
  expect(length / (3000 * 4096)).toBeGreaterThan(2);
  expect(length / (3000 * 4096)).toBeLessThan(2.1);
  const { stdout, stdin } = again(trace);
  expect(stdout?.read(4096 * 2999, 1)).toEqual(Uint8Array.of(2999 % 256));
  expect(stdin?.chunks).toEqual(trace.stdin.chunks);
});

test("a record has no byte of what lay in its memory before", () => {
  const { data, at, length } = encoded(traceOf({ seq: 1, stderr: Buffer.from("123") }));
  const record = recordAt(data, at);
  const end = record.body.byteOffset - data.byteOffset + record.body.length;
  expect([data.readUInt32LE(at + 28), ...data.subarray(end, at + length)].every((byte) => byte === 0)).toBe(true);
});

test("damaged bytes are a trace, or an error that says so; nothing hangs", () => {
  const { data, at, length, context } = encoded(inRecords(traceOf({ seq: 1 }), 10));
  const whole = Buffer.from(data.subarray(at, at + length));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), (changes) => {
      const damaged = Buffer.from(whole);
      for (const [place, byte] of changes) damaged[place] = byte;
      try {
        for (const record of recordsOf(damaged))
          decodeTrace(record, context, { seq: 1, pinned: false, findings: null }).response?.body.read(0, 9);
      } catch (error) {
        expect(error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
