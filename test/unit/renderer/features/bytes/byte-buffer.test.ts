import { describe, expect, it } from "vitest";
import { ByteBuffer, rangeBytes } from "../../../../../renderer/features/bytes/byte-buffer.js";

const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
const atTop = { from: 0, to: 1 };

describe("the buffer of a stream", () => {
  it("asks for what is on the screen first, then for the rest from the beginning", () => {
    const buffer = new ByteBuffer(rangeBytes * 3 + 10);
    expect(buffer.nextMissing({ from: rangeBytes * 2, to: rangeBytes * 2 + 400 })).toBe(2);
    buffer.put(2, filled(rangeBytes, 2));
    expect(buffer.nextMissing({ from: rangeBytes * 2, to: rangeBytes * 2 + 400 })).toBe(0);
    buffer.put(0, filled(rangeBytes, 0));
    expect(buffer.prefix).toBe(rangeBytes);
    buffer.put(1, filled(rangeBytes, 1));
    expect(buffer.prefix).toBe(rangeBytes * 3);
    buffer.put(3, filled(10, 3));
    expect(buffer.nextMissing(atTop)).toBeNull();
    expect([buffer.prefix, buffer.loaded, buffer.bytes[rangeBytes * 3 + 9]]).toEqual([buffer.length, buffer.length, 3]);
  });

  it("knows which bytes are here", () => {
    const buffer = new ByteBuffer(rangeBytes + 10);
    buffer.put(1, filled(10, 1));
    expect(buffer.has(rangeBytes, rangeBytes + 10)).toBe(true);
    expect(buffer.has(rangeBytes - 1, rangeBytes + 1)).toBe(false);
  });

  it("asks again for a short range when the stream grew, and keeps what it has", () => {
    const buffer = new ByteBuffer(10);
    buffer.put(0, filled(10, 7));
    buffer.grow(30);
    expect(buffer.nextMissing(atTop)).toBe(0);
    expect([buffer.prefix, buffer.bytes[9]]).toEqual([10, 7]);
    buffer.put(0, filled(30, 7));
    expect(buffer.nextMissing(atTop)).toBeNull();
  });

  it("takes no more than fits", () => {
    const buffer = new ByteBuffer(4);
    buffer.put(0, filled(9, 1));
    expect([buffer.loaded, buffer.bytes.length]).toEqual([4, 4]);
  });
});
