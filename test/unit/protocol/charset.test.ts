import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { charsetOf, decodeBytes, detectCharset } from "../../../server/protocol/charset.js";

const bytes = (text: string) => toBytes(byteString(text));

describe("charsetOf, RFC 9110 §8.3.2", () => {
  test.each([
    ["text/html", null],
    ["text/html; charset=utf-8", "utf-8"],
    ["text/html;Charset=UTF-8", "utf-8"],
    ['text/html; charset="utf-8"', "utf-8"],
    ['text/html; charset="u\\tf-8"', "utf-8"],
    ["text/html; charset = ISO-8859-1 ; x=y", "iso-8859-1"],
    ['text/html; x="; charset=no"; charset=yes', "yes"],
    ["text/html; xcharset=a", null],
    ["text/html; charset=", null],
    ["text/html; charset=a; charset=b", "a"],
    ["charset=utf-8", null],
    ["", null],
  ])("%j: %j", (type, charset) => expect(charsetOf(type)).toBe(charset));
});

describe("decodeBytes", () => {
  test.each([
    ["J\xc3\xbcrgen", "utf-8", "Jürgen", [], "utf-8"],
    ["J\xfcrgen", "utf-8", "J\ufffdrgen", [[1, 2]], "utf-8"],
    ["J\xfcrgen", "iso-8859-1", "Jürgen", [], "windows-1252"],
    ["\x80", "latin1", "€", [], "windows-1252"],
    ["\xef\xbb\xbfa", "utf8", "\ufeffa", [], "utf-8"],
    ["a\xe2\x82", "utf-8", "a\ufffd", [[1, 3]], "utf-8"],
    [
      "\xe2\x82a\xf0\x9f\x98",
      "utf-8",
      "\ufffda\ufffd",
      [
        [0, 2],
        [3, 6],
      ],
      "utf-8",
    ],
    [
      "\xc0\xaf",
      "utf-8",
      "\ufffd\ufffd",
      [
        [0, 1],
        [1, 2],
      ],
      "utf-8",
    ],
    [
      "\xed\xa0\x80",
      "utf-8",
      "\ufffd\ufffd\ufffd",
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      "utf-8",
    ],
    ["\xef\xbf\xbd", "utf-8", "\ufffd", [], "utf-8"],
    ["a\0\xfc\0", "utf-16le", "aü", [], "utf-16le"],
    ["a\0b", "utf-16le", "a\ufffd", [[2, 3]], "utf-16le"],
    ["\x82\xa0", "shift_jis", "あ", [], "shift_jis"],
    ["a\x82", "shift_jis", "a\ufffd", [[1, 2]], "shift_jis"],
    ["\x82\x20b", "shift_jis", "\ufffd b", [[0, 1]], "shift_jis"],
    ["\xa5a", "iso-8859-3", "\ufffda", [[0, 1]], "iso-8859-3"],
    ["\xfc", "no-such-charset", "ü", [], "windows-1252"],
    ["", "utf-8", "", [], "utf-8"],
  ])("%j as %s is %j, invalid at %j", (text, charset, expected, invalid, used) => {
    expect(decodeBytes(bytes(text), charset)).toEqual({ text: expected, invalid, charset: used });
  });

  const nearUtf8 = fc.array(
    fc.oneof(
      fc.constantFrom(0x41, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf),
      fc.nat({ max: 255 }),
    ),
    { maxLength: 40 },
  );

  test("UTF-8: a replacement character for each invalid range, and the rest is well-formed", () => {
    fc.assert(
      fc.property(nearUtf8, (list) => {
        const input = Uint8Array.from(list);
        const { text, invalid } = decodeBytes(input, "utf-8");
        const genuine = text.replaceAll("\ufffd", "").length;
        const kept = list.filter((_, at) => !invalid.some(([from, to]) => from <= at && at < to));
        const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
        expect(strict.decode(Uint8Array.from(kept)).replaceAll("\ufffd", "").length).toBe(genuine);
        const real = strict.decode(Uint8Array.from(kept)).length - genuine;
        expect(text.split("\ufffd").length - 1 - real).toBe(invalid.length);
      }),
      { numRuns: 5000 },
    );
  });

  test("any bytes under any name: text, and ranges in order", () => {
    const charset = fc.constantFrom(
      "utf-8",
      "utf-16le",
      "utf-16be",
      "windows-1252",
      "iso-8859-3",
      "shift_jis",
      "euc-jp",
      "gb18030",
      "big5",
      "euc-kr",
      "iso-2022-jp",
      "koi8-r",
      "x",
      "",
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), charset, (input, name) => {
        const { text, invalid } = decodeBytes(input, name);
        let at = 0;
        for (const [from, to] of invalid) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(to).toBeGreaterThan(from);
          at = to;
        }
        expect(at).toBeLessThanOrEqual(input.length);
        expect(text.includes("\ufffd") || invalid.length === 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("detectCharset", () => {
  test.each([
    ["", "utf-8"],
    ["plain ASCII\r\n\twith tabs", "utf-8"],
    ["\x1b[31mred\x1b[0m", "utf-8"],
    ["J\xc3\xbcrgen", "utf-8"],
    ["cut at the end \xe2\x82", "utf-8"],
    ["J\xfcrgen says hello", "windows-1252"],
    ["Gr\xfc\xdf", "windows-1252"],
    ["Gr\xfc", "windows-1252"],
    ["\xff\xfea\0", "utf-16le"],
    ["\xfe\xff\0a", "utf-16be"],
    ["H\0e\0l\0l\0o\0", "utf-16le"],
    ["\0H\0e\0l\0l\0o", "utf-16be"],
    ["\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"],
    ["GIF89a\x01\0\x01\0\x80\0", "binary"],
    ["\x1f\x8b\x08\0\0\0\0\0", "binary"],
    ["a\0b", "binary"],
    ["\x01\x02\x03\x04", "binary"],
    ["\xfc\x01\x02\x03", "binary"],
  ])("%j: %s", (text, charset) => expect(detectCharset(bytes(text))).toBe(charset));
});
