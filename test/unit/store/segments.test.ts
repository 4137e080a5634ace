// What the store's thread remembers of traces, for those to come.
import { expect, test } from "vitest";
import { Segments } from "../../../server/store/segments.js";
import { newRing, RingReader, RingWriter } from "../../../server/store/shared-ring.js";
import { RingSink } from "../../../server/store/trace-store.js";
import { recordKind, recordsOf } from "../../../server/trace/codec/record.js";
import { encoded, traceOf } from "../../support/stored-traces.js";

test.each([{ isForgotten: false }, { isForgotten: true }])(
  "a context stays until it is forgotten, also without another one (forgotten: $isForgotten)",
  ({ isForgotten }) => {
    const ring = newRing(1 << 16);
    const [sink, reader, segments] = [new RingSink(ring), new RingReader(ring), new Segments()];
    const next = () => segments.of(reader.take() ?? Buffer.from(new ArrayBuffer(0)));
    sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })));
    expect(next().traces).toBe(1);
    if (isForgotten) {
      sink.forget();
      expect(next().traces).toBe(0);
    }
    const again = { kind: recordKind.trace, number: 1 }; // it refers to the context of the first one
    expect(new RingWriter(ring).write(again)).toBe(true);
    if (isForgotten) expect(next).toThrow(RangeError);
    else expect(next().traces).toBe(1);
  },
);

test("a context that comes before its trace is no reason to write; it is written with the trace", () => {
  const ring = newRing(1 << 16);
  const [writer, reader, segments] = [new RingWriter(ring), new RingReader(ring), new Segments()];
  const next = () => segments.of(reader.take() ?? Buffer.from(new ArrayBuffer(0)));
  writer.write({ kind: recordKind.context, number: 1, json: "{}" });
  expect(next().isEmpty).toBe(true);
  writer.write({ kind: recordKind.trace, number: 1 });
  const { isEmpty, data } = next();
  expect(isEmpty).toBe(false);
  expect(Array.from(recordsOf(data), ({ kind }) => kind)).toEqual([recordKind.trace, recordKind.context]);
  writer.write({ kind: recordKind.pin, json: "{}" });
  expect(next()).toMatchObject({ isEmpty: false, hasPins: true });
});
