// Broken text is recognised with its bytes and repaired; text that is as it should be stays silent, in any language.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BodyProblemKind, examineBody } from "../../../../server/formats/encodings/body-encoding.js";
import { encodeAs } from "../../../../server/formats/encodings/codecs.js";
import { findMojibake } from "../../../../server/formats/encodings/mojibake.js";
import { byteString, toBytes, utf8 } from "../../../../server/protocol/byte-string.js";
import { texts } from "./texts.js";

const bytes = (raw: string) => toBytes(byteString(raw));
const utf8Bytes = (text: string) => toBytes(utf8(text));
const html = "text/html; charset=utf-8";
const kinds = (type: string, body: Uint8Array, isWhole = true): BodyProblemKind[] =>
  (examineBody(type, body, isWhole)?.problems ?? []).map(({ kind }) => kind);

function misread(text: string, as: "latin-1" | "windows-1252"): string {
  const raw = utf8(text);
  return as === "latin-1"
    ? raw
    : new TextDecoder("utf-8").decode(utf8Bytes(raw.replace(/[\x80-\x9f]/g, (byte) => in1252(byte))));
}
const upper = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const in1252 = (byte: string): string => upper.charAt(byte.charCodeAt(0) - 0x80);

describe("text in its own language is let be", () => {
  test.each(Object.entries(texts))("%s", (_language, text) => {
    expect(findMojibake(text)).toMatchObject({ garbled: [], layers: 0 });
    expect(kinds(html, utf8Bytes(text))).toEqual([]);
    expect(kinds("application/json", utf8Bytes(text))).toEqual([]);
    for (const [label, codec] of [
      ["iso-8859-1", "latin-1"],
      ["windows-1252", "windows-1252"],
    ] as const) {
      const encoded = encodeAs(text, codec);
      if (encoded.value !== null) expect(kinds(`text/plain; charset=${label}`, toBytes(encoded.value))).toEqual([]);
    }
  });

  test("an encoding in seven bits is no UTF-8 under another name", () => {
    expect(kinds("text/plain; charset=iso-2022-jp", bytes("Say \x1b$B$3$s$K$A$O\x1b(B!"))).toEqual([]);
  });

  test("binary data and other types are not looked at", () => {
    expect(examineBody("image/png", bytes("\x89PNG\xff\xfe"), true)).toBeNull();
    expect(examineBody("application/octet-stream", bytes("\xfc"), true)).toBeNull();
    expect(kinds("text/html", bytes("plain ASCII"))).toEqual([]);
  });
});

describe("text that was decoded wrongly is repaired", () => {
  test.each(Object.entries(texts))("%s, encoded twice and three times", (_language, text) => {
    for (const as of ["latin-1", "windows-1252"] as const) {
      const once = misread(text, as);
      expect(findMojibake(once).repaired).toBe(text);
      expect(findMojibake(once).layers).toBe(1);
      const found = examineBody(html, utf8Bytes(once), true);
      expect(found?.meant).toBe(text);
      expect(found?.problems[0]).toMatchObject({ kind: "encoded-twice", layers: 1 });
      const twice = misread(once, as);
      expect(findMojibake(twice)).toMatchObject({ repaired: text, layers: 2 });
    }
  });

  test.each(Object.entries(texts))("%s, UTF-8 that is declared as Latin-1 or not at all", (_language, text) => {
    for (const type of [
      "text/html; charset=iso-8859-1",
      "text/html",
      "text/plain; charset=windows-1252",
      "text/html; charset=koi8-r",
    ]) {
      const found = examineBody(type, utf8Bytes(text), true);
      expect(found?.meant).toBe(text);
      expect(found?.problems[0]).toMatchObject({ kind: "utf-8-misread" });
    }
  });
});

describe("each cause by itself", () => {
  test.each<[string, string, string, BodyProblemKind[], [number, number] | null]>([
    ["Latin-1 declared as UTF-8", html, "Gr\xfc\xdfe an J\xfcrgen", ["not-utf-8"], [2, 3]],
    ["both in one page", html, "Gr\xc3\xbc\xc3\x9fe an J\xfcrgen", ["mixed"], [12, 13]],
    ["surrogate halves", html, "a\xed\xa0\xbd\xed\xb8\x80b", ["surrogates"], [1, 4]],
    ["a character cut at the end", html, "gr\xc3\xbc\xc3", ["cut-character"], [4, 5]],
    ["what was lost before", html, "J\xef\xbf\xbdrgen", ["lost-before"], [1, 4]],
    ["a byte order mark in the middle", html, "a\xef\xbb\xbfb", ["bom-inside"], [1, 4]],
    ["a byte order mark before JSON", "application/json", "\xef\xbb\xbf{}", ["bom-before-json"], [0, 3]],
    ["nothing declared, Latin-1", "text/html", "J\xfcrgen", ["no-charset"], null],
    ["nothing declared, UTF-8", "text/plain", "J\xc3\xbcrgen", ["utf-8-misread", "no-charset"], [1, 3]],
    ["a name nobody knows", "text/plain; charset=utf8mb4", "a", ["unknown-charset"], null],
    ["meta against header", html, '<meta charset="iso-8859-1">J\xc3\xbcrgen', ["meta-contradicts"], [15, 25]],
    [
      "meta against header, old form",
      html,
      '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
      ["meta-contradicts"],
      [60, 66],
    ],
    ["meta alone", "text/html", '<meta charset="utf-8">J\xc3\xbcrgen', [], null],
    ["meta in a comment", "text/html; charset=utf-8", '<!-- <meta charset="koi8-r"> -->J\xc3\xbcrgen', [], null],
    ["meta alone, wrong", "text/html", '<meta charset="iso-8859-1">J\xc3\xbcrgen', ["utf-8-misread"], [28, 30]],
    ["a byte order mark instead of a declaration", "text/html", "\xef\xbb\xbfJ\xc3\xbcrgen", [], null],
    ["XML says it itself", "application/xml", '<?xml version="1.0" encoding="iso-8859-1"?><a>J\xfcrgen</a>', [], null],
    ["XML that says it wrongly", "text/xml", '<?xml version="1.0"?><a>J\xfcrgen</a>', ["not-utf-8"], [25, 26]],
    ["events are UTF-8 always", "text/event-stream", "data: J\xc3\xbcrgen\n\n", [], null],
  ])("%s", (_name, type, body, expected, range) => {
    const problems = examineBody(type, bytes(body), true)?.problems ?? [];
    expect(problems.map(({ kind }) => kind)).toEqual(expected);
    if (range !== null) expect(problems[0]?.ranges[0]).toEqual(range);
  });

  test("words are shown as they are and as they were meant", () => {
    expect(examineBody(html, bytes("<p>Gr\xfc\xdfe an J\xfcrgen"), true)?.problems[0]?.example).toEqual({
      shown: "Gr\ufffd\ufffde",
      meant: "Grüße",
    });
    expect(examineBody("text/html", utf8Bytes("<p>Grüße an Jürgen"), true)?.problems[0]?.example).toEqual({
      shown: "GrÃ¼ÃŸe",
      meant: "Grüße",
    });
    expect(examineBody(html, utf8Bytes("<p>GrÃ¼ÃŸe"), true)?.problems[0]?.example).toEqual({
      shown: "GrÃ¼ÃŸe",
      meant: "Grüße",
    });
  });

  test("a stream that goes on may be cut within a character", () => {
    expect(kinds(html, bytes("gr\xc3\xbc\xe2\x82"), false)).toEqual([]);
  });
});

test("any bytes under any type: no failure, and ranges within the body", () => {
  const types = fc.constantFrom(
    "",
    html,
    "text/html",
    "text/plain; charset=iso-8859-1",
    "application/json",
    "text/xml",
    "text/html; charset=utf-16le",
    "text/html; charset=x",
  );
  fc.assert(
    fc.property(types, fc.uint8Array({ maxLength: 200 }), fc.boolean(), (type, body, isWhole) => {
      for (const { ranges, count } of examineBody(type, body, isWhole)?.problems ?? []) {
        expect(count).toBeGreaterThan(0);
        for (const [from, to] of ranges) expect(from >= 0 && from < to && to <= body.length).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test("any words of any script, said to be UTF-8 and being it, are let be", () => {
  const letter = fc
    .integer({ min: 0x20, max: 0x1ffff })
    .map((code) => String.fromCodePoint(code))
    .filter((text) => /^[\p{Ll}\p{Lo} ]$/u.test(text));
  const word = fc.array(letter, { minLength: 1, maxLength: 12 }).map((letters) => letters.join(""));
  fc.assert(
    fc.property(word, (text) => {
      expect(kinds(html, utf8Bytes(text))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
