import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, tokensOf } from "../../../../../renderer/features/bytes/tokens.js";
import { spacedHex } from "../../../../../server/protocol/hex.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const brief = (bytes: Uint8Array, charset: string) =>
  tokensOf(bytes, 0, bytes.length, charset).map(({ kind, text }) => `${kind}:${text}`);

describe("tokens of a row", () => {
  it("show line ends and other control characters by name", () => {
    expect(brief(bytesOf("a\r\n\0b\t"), "utf-8")).toEqual([
      "text:a",
      "control:CR",
      "control:LF",
      "control:NUL",
      "text:b",
      "control:TAB",
    ]);
  });

  it("show bytes that are not UTF-8 as hex, each with its offset", () => {
    const tokens = tokensOf(Uint8Array.from([0x4a, 0xfc, 0x72]), 0, 3, "utf-8");
    expect(tokens.map(({ kind, text, from, to }) => [kind, text, from, to])).toEqual([
      ["text", "J", 0, 1],
      ["invalid", "fc", 1, 2],
      ["text", "r", 2, 3],
    ]);
  });

  it("read the same byte as a letter in ISO-8859-1", () => {
    expect(brief(Uint8Array.from([0x4a, 0xfc, 0x72]), "windows-1252")).toEqual(["text:Jür"]);
  });

  it("fall back to windows-1252 for a charset nobody knows", () => {
    expect(brief(Uint8Array.from([0xfc]), "x-no-such")).toEqual(["text:ü"]);
  });

  it("are cut where a finding's range begins and ends, and take the gravest severity", () => {
    const tokens = tokensOf(bytesOf("abcdef"), 0, 6, "utf-8", [
      { from: 2, to: 4, severity: "warning" },
      { from: 3, to: 4, severity: "error" },
    ]);
    expect(tokens.map(({ text, severity }) => [text, severity])).toEqual([
      ["ab", null],
      ["c", "warning"],
      ["d", "error"],
      ["ef", null],
    ]);
  });

  it("cover every byte once and in order, whatever the bytes, charset and marks", () => {
    const mark = fc.record({
      from: fc.nat(40),
      to: fc.nat(40),
      severity: fc.constantFrom("error" as const, "warning" as const, "hint" as const),
    });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom("utf-8", "windows-1252", "utf-16le", "utf-16be", "shift_jis", "gb18030", "us-ascii", "binary"),
        fc.array(mark, { maxLength: 3 }),
        (bytes, charset, marks) => {
          let at = 0;
          for (const token of tokensOf(bytes, 0, bytes.length, charset, marks)) {
            expect(token.from).toBe(at);
            expect(token.to).toBeGreaterThan(at);
            at = token.to;
          }
          expect(at).toBe(bytes.length);
        },
      ),
    );
  });

  it("are what the decoder makes of East Asian bytes, valid or not", () => {
    // Node's decoder takes 40 to 7F for a part of an invalid pair, and in EUC-KR 80 to A0 for controls.
    const bytesFrom = (least: number) =>
      fc.array(fc.oneof(fc.integer({ min: 0, max: 0x3f }), fc.integer({ min: least, max: 0xff })));
    const charsets = [
      ["shift_jis", 0x80, [0xfd, 0x82, 0xa0, 0x82, 0xa2]],
      ["euc-kr", 0xa1, [0xff, 0xb0, 0xa1]],
    ] as const;
    for (const [charset, least, example] of charsets)
      fc.assert(
        fc.property(bytesFrom(least), (some) => {
          const all = Uint8Array.from(some);
          const text = tokensOf(all, 0, all.length, charset).map(({ kind, from, to }) =>
            kind === "invalid" ? "\ufffd" : decode(all, from, to, charset),
          );
          // How many signs stand for one mistake differs between decoders.
          const plain = (read: string): string => read.replace(/\ufffd+/g, "\ufffd");
          expect(plain(text.join(""))).toBe(plain(new TextDecoder(charset).decode(all)));
        }),
        { numRuns: 2000, examples: [[[...example]]] },
      );
  });

  it("show every character that Unicode has as ignored by default, in UTF-8 and UTF-16", () => {
    const hidden: string[] = [];
    for (let code = 0xa0; code < 0xe1000; code++) {
      const character = String.fromCodePoint(code);
      if (!/[\p{Default_Ignorable_Code_Point}\u2800]/u.test(character) || /\p{Cn}/u.test(character)) continue;
      const kinds = [
        ...tokensOf(bytesOf(character), 0, bytesOf(character).length, "utf-8"),
        ...tokensOf(Buffer.from(character, "utf16le"), 0, character.length * 2, "utf-16le"),
      ].map(({ kind, text }) => `${kind}:${text !== ""}`);
      if (kinds.join() !== "control:true,control:true") hidden.push(code.toString(16));
    }
    expect(hidden).toEqual([]);
  });

  it("write bytes as two lower-case digits", () => {
    expect(spacedHex(Uint8Array.from([0, 10, 255]))).toBe("00 0a ff");
  });
});
