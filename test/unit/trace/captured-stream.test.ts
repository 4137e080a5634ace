import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxChunks } from "../../../server/contract/limits.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";

const whole = (parts: readonly Uint8Array[]) => Buffer.concat(parts);

describe("a captured stream", () => {
  test("gives back any range of what was written, up to its bound", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.nat(200),
        fc.nat(220),
        fc.nat(220),
        (parts, bound, from, length) => {
          const stream = new CapturedStream(bound);
          for (const [at, part] of parts.entries()) stream.add(part, at);
          const all = whole(parts);
          expect(stream.bytes).toBe(all.length);
          expect(stream.captured).toBe(Math.min(all.length, bound));
          expect(Buffer.from(stream.read(from, length))).toEqual(all.subarray(0, bound).subarray(from, from + length));
        },
      ),
    );
  });

  test("its chunks tile the stream, however many writes there were", () => {
    const stream = new CapturedStream(10);
    for (let at = 0; at < maxChunks + 500; at++) stream.add(Uint8Array.of(1, 2), at);
    expect(stream.chunks).toHaveLength(maxChunks);
    let end = 0;
    for (const { offset, length } of stream.chunks) {
      expect(offset).toBe(end);
      end = offset + length;
    }
    expect(end).toBe(stream.bytes);
  });

  test("keeps the bytes it was given without copying them", () => {
    const stream = new CapturedStream(1000);
    const bytes = Uint8Array.of(1, 2, 3);
    stream.add(bytes, 0);
    bytes[1] = 9; // which nobody may do, and which a copy would not show
    expect([...stream.read(0, 3)]).toEqual([1, 9, 3]);
  });
});
