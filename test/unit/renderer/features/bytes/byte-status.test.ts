// The line below the bytes: a caret on any byte of a character names the character.
import { expect, test } from "vitest";
import { describeByte } from "../../../../../renderer/features/bytes/byte-status.js";

test.each<[charset: string, name: string, bytes: Buffer, from: number, to: number]>([
  ["utf-8", "ü U+00FC", Buffer.from("aüb"), 1, 3],
  ["utf-8", "\u{1F600} U+1F600", Buffer.from("a\u{1F600}b"), 1, 5],
  ["utf-16le", "\u{1F600} U+1F600", Buffer.from("a\u{1F600}b", "utf16le"), 2, 6],
  ["utf-16le", "ü U+00FC", Buffer.from("aüb", "utf16le"), 2, 4],
  ["shift_jis", "ソ U+30BD", Buffer.from(" \x83\x5c\x83\x5c", "latin1"), 3, 5],
  ["gbk", "啊 U+554A", Buffer.from("a\xb0\xa1\xb0\xa1", "latin1"), 3, 5],
  ["iso-2022-jp", "ん U+3093", Buffer.from("\x1b$B$3$s\x1b(B", "latin1"), 5, 7],
])("%s: each byte of %s", (charset, name, bytes, from, to) => {
  for (let at = from; at < to; at++)
    expect(describeByte(bytes, at, bytes.length, charset)).toContain(`0x${at.toString(16)}: ${name}, `);
});

test("a byte that is a part of no character is named by itself", () => {
  const bytes = Buffer.from("a\xbc\xc3b", "latin1");
  expect(describeByte(bytes, 1, bytes.length, "utf-8")).toContain("0x1: bc,");
  expect(describeByte(bytes, 2, bytes.length, "utf-8")).toContain("0x2: c3,");
});
