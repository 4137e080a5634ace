// ISO-2022-JP in the byte view: rows, tokens and single characters say what the platform's decoder says of the whole.
import fc from "fast-check";
import { expect, test } from "vitest";
import { describeByte } from "../../../../../renderer/features/bytes/byte-status.js";
import { lookOf, tellingBytes } from "../../../../../renderer/features/bytes/encodings.js";
import { kanjiBytes } from "../../../../../renderer/features/bytes/iso-2022-jp.js";
import { TextRows } from "../../../../../renderer/features/bytes/text-rows.js";
import { decode, tokensOf } from "../../../../../renderer/features/bytes/tokens.js";

const charset = "iso-2022-jp";
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hello = bytesOf("Say \x1b$B$3$s$K$A$O\x1b(B!\n\x1b$BF|K\\8l\x1b(B and \x1b(I1\x1b(B\n");
const rowsOf = (bytes: Uint8Array, columns: number) => {
  const rows = new TextRows(charset, columns);
  rows.extend(bytes, bytes.length, true);
  return rows;
};
const textOf = (bytes: Uint8Array, columns: number): string => {
  const rows = rowsOf(bytes, columns);
  return [...Array(rows.count).keys()]
    .flatMap((row) =>
      tokensOf(bytes, rows.start(row), rows.end(row), charset).map(({ kind, text }) =>
        kind === "text" ? text : text === "LF" ? "\n" : "",
      ),
    )
    .join("");
};

test("words, kanji and halfwidth katakana; each switch is a badge; a row that begins within a word is read as one", () => {
  expect(textOf(hello, 80)).toBe("Say こんにちは!\n日本語 and ｱ\n");
  expect(textOf(hello, 8)).toBe(textOf(hello, 80));
  expect(tokensOf(hello, 0, 9, charset).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    "text Say ",
    "control ESC $B",
    "text こ",
  ]);
  expect(rowsOf(hello, 80).invalidCount).toBe(0);
});

test("the first switch is what tells charsets apart, where there is nothing beyond seven bits", () => {
  const telling = tellingBytes(hello);
  expect(telling && [lookOf(telling, charset), lookOf(telling, "utf-8")]).toEqual(["Say こんにちは! ", "Say  $B$3$s$"]);
  expect(tellingBytes(bytesOf("\x1b[31mred\x1b[0m"))).toBeNull();
});

test("a character within the stream: what it is, copied, and looked for", () => {
  const at = hello.indexOf(0x33, 7) - 1; // the second byte of the first kanji
  expect(describeByte(hello, at, hello.length, charset)).toBe(`0x${at.toString(16)}: こ U+3053, 24 33`);
  expect(describeByte(hello, 4, hello.length, charset)).toBe("0x4: ESC $B, from here on kanji");
  expect(decode(hello, at, at + 4, charset)).toBe("こん");
  expect(kanjiBytes("日")).toEqual([0x46, 0x7c]);
});

test("whatever is written, it is read as the decoder reads it, however the rows are cut", () => {
  const word = fc.oneof(
    fc.constantFrom("plain ", "\n", "\x1b(J", "\x1b(I1234"),
    fc
      .array(fc.constantFrom("$3", "$s", "F|", "K\\", "8l"), { minLength: 1 })
      .map((pairs) => `\x1b$B${pairs.join("")}\x1b(B`),
  );
  fc.assert(
    fc.property(fc.array(word), fc.integer({ min: 8, max: 40 }), (words, columns) => {
      const bytes = bytesOf(words.map((text) => `${text}\x1b(B.`).join(""));
      expect(textOf(bytes, columns)).toBe(new TextDecoder(charset).decode(bytes).replaceAll("\ufffd", ""));
    }),
  );
});
