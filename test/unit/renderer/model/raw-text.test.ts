import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToRaw, rawToBytes } from "../../../../renderer/model/request/raw-text.js";

test("any bytes survive being text", () => {
  const tricky = fc
    .array(fc.constantFrom(13, 10, 92, 0x78, 0x6e, 0x30, 0xc3, 0xbc, 0xff, 0))
    .map((bytes) => Uint8Array.from(bytes));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), tricky), (bytes) => {
      expect([...rawToBytes(bytesToRaw(bytes))]).toEqual([...bytes]);
    }),
  );
});

test("a line ends in CR LF, escapes are bytes, other backslashes are backslashes", () => {
  const text = (raw: string): string => Buffer.from(rawToBytes(raw)).toString("latin1");
  expect(text("GET / HTTP/1.1\nHost: x\n\n")).toBe("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  expect(text("a\\nb\\r\\0\\xfc\\\\n\\d\\")).toBe("a\nb\r\0\xfc\\n\\d\\");
  expect(text("ü")).toBe("\xc3\xbc");
});

test("is written so that it can be read", () => {
  expect(bytesToRaw(Buffer.from("A: \\1\r\n\r\nx\ny\xff", "latin1"))).toBe("A: \\\\1\n\nx\\ny\\xff");
});
