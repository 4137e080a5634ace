import fc from "fast-check";
import { expect, test } from "vitest";
import { byteString, fromBytes, toBytes, utf8 } from "../../../server/protocol/byte-string.js";

test("bytes to a byte string and back are the same bytes, of any range", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 300 }), fc.nat({ max: 300 }), (bytes, a, z) => {
      expect(toBytes(fromBytes(bytes))).toEqual(bytes);
      expect(toBytes(fromBytes(bytes, a, z))).toEqual(bytes.subarray(a, Math.max(a, z)));
    }),
  );
});

test("a megabyte does not exhaust the stack", () => {
  expect(fromBytes(new Uint8Array(1 << 20).fill(0xff))).toBe("\xff".repeat(1 << 20));
});

test("byteString takes characters up to U+00FF and nothing else", () => {
  expect(byteString("\0a\xff")).toBe("\0a\xff");
  expect(() => byteString("a\u0100")).toThrow(RangeError);
});

test("utf8 is UTF-8", () => {
  fc.assert(
    fc.property(fc.uint16Array({ maxLength: 40 }), (units) => {
      const text = String.fromCharCode(...units);
      expect(toBytes(utf8(text))).toEqual(new TextEncoder().encode(text));
    }),
  );
  expect(utf8("\ud800a")).toBe("\xef\xbf\xbda");
});

test("utf8 of text with characters of every length, whole and cut", () => {
  const unit = fc.constantFrom("a", "\x7f", "\x80", "\u07ff", "\u0800", "\ud7ff", "\uffff", "\u{10000}", "\u{10ffff}");
  const text = fc.oneof(
    fc.string({ unit }),
    fc.string({ unit, minLength: 1 }).map((whole) => whole.slice(1)),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(1, 5000), (part, times) => {
      const repeated = part.repeat(times);
      expect(Buffer.from(toBytes(utf8(repeated))).equals(Buffer.from(repeated))).toBe(true);
    }),
  );
});
