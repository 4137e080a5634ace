// The ring through which traces reach the store, and what is too large for it.
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newRing, RingReader, RingWriter } from "../../../server/store/shared-ring.js";
import { recordsOf } from "../../../server/trace/codec/record.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { inRecords, StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

function opened(options: ConstructorParameters<typeof StoredTraces>[1] = {}): StoredTraces {
  const store = new StoredTraces(folder.file("traces/a.db"), options);
  expect(store.writer.open()).toBe(true);
  return store;
}

describe("the ring", () => {
  test("gives every record that it took, in order and byte for byte, and keeps none of them", () => {
    const step = fc.record({
      sizes: fc.array(fc.nat(3000), { maxLength: 6 }),
      json: fc.string({ unit: "grapheme" }),
      drains: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ring = newRing(1 << 16);
        const [writer, reader] = [new RingWriter(ring), new RingReader(ring)];
        const [taken, given]: [string[], string[]] = [[], []];
        const drain = () => {
          for (let batch = reader.take(); batch; batch = reader.take())
            for (const { number, json, body } of recordsOf(batch))
              given.push(`${number} ${json.toString()} ${body.toString("hex")}`);
        };
        steps.forEach(({ sizes, json, drains }, number) => {
          const parts = sizes.map((size, index) => Buffer.alloc(size, number + index));
          const text = `a cookie ${Buffer.from(json).toString()}`;
          if (writer.write({ kind: 1, number, json: text, body: parts }))
            taken.push(`${number} ${text} ${Buffer.concat(parts).toString("hex")}`);
          if (drains) drain();
        });
        drain();
        expect(given).toEqual(taken);
        expect(Buffer.from(ring.bytes).includes("a cookie")).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test("takes no more than it has room for, and counts what it does not take", () => {
    using store = opened({ ring: newRing(1 << 16) });
    for (let seq = 1; seq <= 100; seq++) store.end(traceOf({ seq, body: Buffer.alloc(4000, seq) }));
    store.writer.drain();
    const { total, rows } = store.find("");
    expect(total).toBeGreaterThan(10);
    expect(total).toBeLessThan(100);
    const [message] = store.messages;
    expect(store.codes).toEqual(["store-behind"]);
    expect(total + Number(message?.data?.["lost"])).toBe(100);
    expect(message?.data?.["shortened"]).toBeGreaterThan(0);
    const newest = store.read((reader) => reader.get(rows[0]?.id ?? ""));
    expect(newest?.stdin).toMatchObject({ bytes: 4000, captured: 0 });
  });
});

describe("a large trace", () => {
  const overFastcgi = (seq: number, bytes: number): TraceRecord => {
    const body = Buffer.alloc(bytes, "b");
    const output = Buffer.concat([Buffer.from("Content-Type: a/b\n\n"), Buffer.alloc(bytes / 4, "o")]);
    const trace = inRecords(traceOf({ seq, body, stdout: output }), 65_528);
    trace.fastcgi?.sent.add(body, 1); // the same memory, as when a request is sent
    return trace;
  };
  const bodyOf = (store: StoredTraces, { id }: TraceRecord): number | undefined =>
    store.read((reader) => reader.get(id))?.request.body.captured;

  test("over FastCGI is stored with all of its bytes, whose memory counts once", () => {
    using store = opened();
    const trace = overFastcgi(1, 3 << 20);
    store.store(trace);
    expect([store.codes, bodyOf(store, trace)]).toEqual([[], 3 << 20]);
    expect(store.read((reader) => reader.get(trace.id))?.fastcgi?.sent.captured).toBe(3 << 20);
  });

  test("that is beyond the limit is told as such, apart from traces that came too fast", () => {
    using store = opened();
    const [large, small] = [overFastcgi(1, 5 << 20), traceOf({ seq: 2, body: Buffer.alloc(100) })];
    store.store(large, small);
    expect(store.codes).toEqual(["store-too-large"]);
    expect(store.messages[0]?.data).toEqual({ tooLarge: 1, maxMiB: 4 });
    expect([bodyOf(store, large), bodyOf(store, small)]).toEqual([0, 100]);
  });
});
