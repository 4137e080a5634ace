import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Finder, maxMatches } from "../../../../../renderer/features/bytes/finder.js";
import { hexPattern, textPattern } from "../../../../../renderer/features/bytes/pattern.js";
import { encodeCharacter } from "../../../../../server/formats/encode-character.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const encoded = (bytes: readonly number[], charset: string): string =>
  new TextDecoder(charset).decode(Uint8Array.from(bytes));
const find = (bytes: Uint8Array, made: ReturnType<typeof hexPattern>): number[][] => {
  if (!made.pattern) throw new Error(made.why ?? "nothing to search for");
  const finder = new Finder(made.pattern);
  finder.extend(bytes, bytes.length, true);
  return Array.from({ length: finder.count }, (_, index) => [finder.start(index), finder.end(index)]);
};

describe("searching text", () => {
  it("finds upper and lower case, of letters beyond ASCII too, unless told otherwise", () => {
    const bytes = bytesOf("Grüße, GRÜNE, grün");
    expect(find(bytes, textPattern("grü", "utf-8", false)).length).toBe(3);
    expect(find(bytes, textPattern("GRÜ", "utf-8", true)).length).toBe(1);
  });
  it("looks for the bytes the text has in the stream's charset", () => {
    expect(find(Uint8Array.from([0x4a, 0xfc, 0x72]), textPattern("ü", "windows-1252", true))).toEqual([[1, 2]]);
    expect(find(Uint8Array.from([0x80, 0x20]), textPattern("€", "windows-1252", true))).toEqual([[0, 1]]);
    expect(find(Uint8Array.from([0x41, 0x00, 0x42, 0x00]), textPattern("b", "utf-16le", false))).toEqual([[2, 4]]);
    expect(find(Uint8Array.from([0x93, 0xfa, 0x96, 0x7b]), textPattern("本", "shift_jis", true))).toEqual([[2, 4]]);
  });
  it("knows the characters of three and four bytes", () => {
    const of = (charset: string, ...bytes: number[]) => {
      const [character] = encoded(bytes, charset);
      return find(Uint8Array.from([0x61, ...bytes]), textPattern(character ?? "", charset, true));
    };
    expect(of("euc-jp", 0x8f, 0xb0, 0xa1)).toEqual([[1, 4]]);
    for (const bytes of [
      [0x81, 0x30, 0x81, 0x30],
      [0x81, 0x39, 0xee, 0x39],
      [0x94, 0x39, 0xfc, 0x36],
    ])
      expect(of("gb18030", ...bytes)).toEqual([[1, 5]]);
  });
  it("in UTF-16 begins at whole characters only", () => {
    expect(find(Uint8Array.from([0x00, 0x41, 0x00, 0x00]), textPattern("A", "utf-16le", true))).toEqual([]);
  });
  it("begins at characters only where a byte within one may look like another", () => {
    const text = (bytes: readonly number[], wanted: string, charset: string) =>
      find(Uint8Array.from(bytes), textPattern(wanted, charset, true));
    expect(text([0x83, 0x5a, 0x7a], "z", "shift_jis")).toEqual([[2, 3]]);
    expect(text([0x83, 0x7a, 0x7a, 0x7a], "z", "shift_jis")).toEqual([
      [2, 3],
      [3, 4],
    ]);
    expect(text([0x95, 0x5c, 0x5c], "\\", "shift_jis")).toEqual([[2, 3]]);
    expect(text([0x93, 0xfa, 0x96, 0x7b, 0x96, 0x7b], "本", "shift_jis")).toEqual([
      [2, 4],
      [4, 6],
    ]);
    expect(text([0xa5, 0x5c, 0x5c], "\\", "big5")).toEqual([[2, 3]]);
    expect(text([0x95, 0x5c, 0x5c], "\\", "gbk")).toEqual([[2, 3]]);
    expect(text([0x81, 0x30, 0x81, 0x30, 0x30], "0", "gb18030")).toEqual([[4, 5]]);
    expect(text([0xa4, 0xa2, 0xa4, 0xa4], encoded([0xa2, 0xa4], "euc-jp"), "euc-jp")).toEqual([]);
    expect(find(Uint8Array.from([0x83, 0x5a, 0x5a]), hexPattern("5a"))).toHaveLength(2);
  });
  it("in ISO-2022-JP finds ASCII in ASCII, and kanji in kanji", () => {
    const bytes = bytesOf("F|K\\ \x1b$BF|K\\8l\x1b(B F|\x1b(IF|\x1b(JF|");
    const text = (wanted: string) => find(bytes, textPattern(wanted, "iso-2022-jp", false));
    expect(text("F|")).toEqual([
      [0, 2],
      [18, 20],
      [28, 30],
    ]);
    expect(text("日本")).toEqual([[8, 12]]);
    expect(text("K\\")).toEqual([[2, 4]]);
    expect(text("l日")).toEqual([]);
  });
  it("says which character a charset does not have", () => {
    expect(textPattern("a日", "windows-1252", true).why).toMatch(/“日” does not exist in windows-1252/);
  });
});

describe("searching bytes", () => {
  it("takes hex in any usual form, and ?? for any byte", () => {
    const bytes = bytesOf("a\r\nb\r\n");
    for (const text of ["0d0a", "0D 0A", "0x0d 0x0a", "0d,0a", "??0a"])
      expect(find(bytes, hexPattern(text))).toEqual([
        [1, 3],
        [4, 6],
      ]);
  });
  it("says what is wrong with what is none", () => {
    expect([hexPattern("0d0").why, hexPattern("xyz").why, hexPattern("").why]).toEqual([
      "Write each byte as two hex digits, or ?? for any byte.",
      "This is not hex. Write bytes like 0d 0a.",
      null,
    ]);
  });
});

describe("a finder", () => {
  it("finds the same however the bytes arrive", () => {
    const letters = fc.array(fc.constantFrom("a", "b", "A", "ü"), { maxLength: 80 });
    fc.assert(
      fc.property(
        letters,
        fc.array(fc.constantFrom("a", "b", "ü"), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(120), { maxLength: 6 }),
        (text, wanted, cuts) => {
          const bytes = bytesOf(text.join(""));
          const { pattern } = textPattern(wanted.join(""), "utf-8", false);
          if (!pattern) throw new Error("no pattern");
          const finder = new Finder(pattern);
          for (const cut of [...cuts].sort((a, b) => a - b)) finder.extend(bytes, Math.min(cut, bytes.length), false);
          finder.extend(bytes, bytes.length, true);
          const expected = find(bytes, { pattern, why: null });
          expect(Array.from({ length: finder.count }, (_, index) => [finder.start(index), finder.end(index)])).toEqual(
            expected,
          );
        },
      ),
    );
  });
  it("finds the same in characters of several bytes, however they arrive", () => {
    const letters = fc.array(fc.constantFrom("z", "Z", "セ", "表", "本", "\\"), { maxLength: 60 });
    const cuts = fc.array(fc.nat(120), { maxLength: 6 });
    fc.assert(
      fc.property(letters, fc.constantFrom("z", "\\", "セ", "zz", "本z"), cuts, (text, wanted, places) => {
        const bytes = Uint8Array.from(text.flatMap((letter) => [...(encodeCharacter(letter, "shift_jis") ?? [])]));
        const made = textPattern(wanted, "shift_jis", true);
        if (!made.pattern) throw new Error("no pattern");
        const finder = new Finder(made.pattern);
        for (const cut of places.sort((a, b) => a - b)) finder.extend(bytes, Math.min(cut, bytes.length), false);
        finder.extend(bytes, bytes.length, true);
        expect(finder.count).toBe(text.join("").split(wanted).length - 1);
        expect(find(bytes, made)).toHaveLength(finder.count);
      }),
    );
  });
  it("names the matches that a row touches, the current one as such", () => {
    const finder = new Finder(
      textPattern("ab", "utf-8", true).pattern ??
        (() => {
          throw new Error("no pattern");
        })(),
    );
    finder.extend(bytesOf("ab ab ab"), 8, true);
    expect(finder.within(1, 4, 1)).toEqual([
      { from: 0, to: 2, is: "match" },
      { from: 3, to: 5, is: "current" },
    ]);
    expect([finder.indexFrom(1), finder.indexFrom(7)]).toEqual([1, 3]);
  });
  it("walks over eight megabytes in slices of a few milliseconds, and stops counting somewhere", () => {
    const bytes = new Uint8Array(8 << 20).fill(0x61);
    const finder = new Finder(
      hexPattern("61 61 62").pattern ??
        (() => {
          throw new Error("no pattern");
        })(),
    );
    let slices = 0;
    for (; finder.searched < bytes.length - 2; slices++) finder.extend(bytes, bytes.length, true, 6);
    expect(slices).toBeGreaterThan(1);
    const many = new Finder(
      hexPattern("61").pattern ??
        (() => {
          throw new Error("no pattern");
        })(),
    );
    many.extend(bytes, bytes.length, true);
    expect([many.count, many.isFull]).toEqual([maxMatches, true]);
  });
});

describe("characters as bytes", () => {
  it("come back from every charset's own decoder", () => {
    for (const charset of [
      "utf-8",
      "windows-1252",
      "iso-8859-2",
      "koi8-r",
      "utf-16le",
      "utf-16be",
      "shift_jis",
      "euc-jp",
      "gb18030",
      "big5",
      "euc-kr",
    ])
      for (const character of ["a", "ü", "Ж", "日", "漢", "丂", "😀"]) {
        const bytes = encodeCharacter(character, charset);
        if (bytes)
          expect([charset, new TextDecoder(charset).decode(Uint8Array.from(bytes))]).toEqual([charset, character]);
      }
    expect([encodeCharacter("日", "shift_jis"), encodeCharacter("日", "koi8-r")]).toEqual([[0x93, 0xfa], null]);
  });
});
