import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxChunks } from "../../../server/contract/limits.js";
import { CaptureRoom, pieceBytes } from "../../../server/trace/capture-room.js";
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

  test("cut to what was written after all, it is as if no more had come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })),
        fc.nat(200),
        fc.nat(220),
        (parts, bound, bytes) => {
          const [stream, shorter] = [new CapturedStream(bound), new CapturedStream(bound)];
          for (const [at, part] of parts.entries()) {
            shorter.add(part.subarray(0, Math.max(0, bytes - stream.bytes)), at);
            stream.add(part, at);
          }
          stream.cutTo(bytes);
          expect([stream.info(), stream.isSimple]).toEqual([shorter.info(), shorter.isSimple]);
          expect(stream.read(0, 220)).toEqual(shorter.read(0, 220));
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

  test("in writes of one byte takes little more than its bytes, and gives them back in order", () => {
    const stream = new CapturedStream(1 << 20);
    const written = Buffer.from(Array.from({ length: 100_000 }, (_, n) => n % 251));
    for (let at = 0; at < written.length; at++) stream.add(written.subarray(at, at + 1), at);
    expect([...stream.pieces()].length).toBeLessThan(maxChunks + 10);
    expect(Buffer.from(stream.read(0, written.length)).equals(written)).toBe(true);
    expect(Buffer.concat([...stream.pieces()].map(({ bytes }) => bytes)).equals(written)).toBe(true);
  });

  test("keeps as much as there is room for all of them, and then no more, though there is room again", () => {
    const room = new CaptureRoom(() => 1000 + 2 * pieceBytes);
    const [first, second] = [new CapturedStream(2000, room), new CapturedStream(2000, room)];
    const same = new CapturedStream(2000, null, [second]);
    first.add(Buffer.alloc(700), 0);
    for (const stream of [second, same]) stream.add(Buffer.from("x".repeat(500)), 0);
    expect([first, second, same].map(({ captured, isCut }) => [captured, isCut])).toEqual([
      [700, false],
      [300, true],
      [0, true],
    ]);
    first.settle();
    expect(room.bytes).toBe(300 + pieceBytes);
    for (const stream of [second, same]) stream.add(Buffer.from("y"), 1);
    expect([second.captured, same.captured, second.bytes]).toEqual([300, 0, 501]);
    second.settle();
    expect(room.bytes).toBe(0);
  });

  test("keeps the bytes it was given without copying them", () => {
    const stream = new CapturedStream(1000);
    const bytes = Uint8Array.of(1, 2, 3);
    stream.add(bytes, 0);
    bytes[1] = 9; // which nobody may do, and which a copy would not show
    expect([...stream.read(0, 3)]).toEqual([1, 9, 3]);
  });
});
