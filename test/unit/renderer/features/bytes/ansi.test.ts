import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cssOf,
  EscapeIndex,
  escapeLength,
  nearestColour,
  plainStyle,
  styleAfter,
} from "../../../../../renderer/features/bytes/ansi.js";
import { TextRows } from "../../../../../renderer/features/bytes/text-rows.js";
import { tokensOf } from "../../../../../renderer/features/bytes/tokens.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const indexOf = (bytes: Uint8Array): EscapeIndex => {
  const index = new EscapeIndex();
  index.extend(bytes, bytes.length, true);
  return index;
};
const look = (text: string) => {
  const bytes = bytesOf(text);
  return tokensOf(bytes, 0, bytes.length, "utf-8", [], 0, { highlights: [], caret: null, escapes: indexOf(bytes) }).map(
    (token) => [token.text, cssOf(token.style)],
  );
};

describe("terminal colours", () => {
  it("are drawn, their sequences are not", () => {
    expect(look("\x1b[1;31merror\x1b[0m: \x1b[33mbad\x1b[39m end")).toEqual([
      ["error", { "--byte-fg": "var(--bad)", fontWeight: 700 }],
      [": ", {}],
      ["bad", { "--byte-fg": "var(--warn)" }],
      [" end", {}],
    ]);
  });
  it("of 256 and of 16 million become the nearest of the theme's", () => {
    expect([
      styleAfter(plainStyle, "38;5;208").fg,
      styleAfter(plainStyle, "38;2;0;200;30").fg,
      styleAfter(plainStyle, "48;5;21;1"),
    ]).toMatchObject([3, 2, { bg: 4, bold: true }]);
    expect([nearestColour(250, 250, 250), nearestColour(120, 120, 120), nearestColour(255, 0, 255)]).toEqual([7, 8, 5]);
  });
  it.each([
    ["1;31;4:0", { fg: 1, bold: true }],
    ["4:3", { underline: true }],
    ["38:2::255:0:0", { fg: 1 }],
    ["38:2:255:0:0;1", { fg: 1, bold: true }],
    ["48:5:21;1", { bg: 4, bold: true }],
    ["58:2::0:0:7", {}],
    ["58;5;1;3", { italic: true }],
    ["58;2;1;4;7", {}],
  ])("parts after colons belong to their code, and a colour of the underline takes its own: %s", (parameters, look) => {
    expect(styleAfter(plainStyle, parameters)).toEqual({ ...plainStyle, ...look });
  });
  it("markup in them stays text", () => {
    expect(look("\x1b[31m<b>x</b>\x1b[0m")).toEqual([["<b>x</b>", { "--byte-fg": "var(--bad)" }]]);
  });
  it("a sequence that is cut off or none is shown as what it is", () => {
    const cut = bytesOf("\x1b[31");
    expect([
      escapeLength(cut, 0, cut.length),
      escapeLength(bytesOf("\x1bM"), 0, 2),
      escapeLength(bytesOf("\x1b[2K"), 0, 4),
    ]).toEqual([0, 0, 4]);
    expect(look("\x1b[3").map(([text]) => text)).toEqual(["ESC", "[3"]);
  });
  it("are the same however the bytes arrive, and take no room in a row", () => {
    const pieces = fc.array(fc.constantFrom("\x1b[31m", "\x1b[0m", "\x1b[1;4m", "\x1b", "[3", "ab", "ü", "\n"), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(200), { maxLength: 6 }), (texts, cuts) => {
        const bytes = bytesOf(texts.join(""));
        const index = new EscapeIndex();
        const rows = new TextRows("utf-8", 8, true);
        for (const cut of [...cuts].sort((a, b) => a - b)) {
          index.extend(bytes, Math.min(cut, bytes.length), false);
          rows.extend(bytes, Math.min(cut, bytes.length), false);
        }
        index.extend(bytes, bytes.length, true);
        rows.extend(bytes, bytes.length, true);
        const whole = indexOf(bytes);
        const plainRows = new TextRows("utf-8", 8, true);
        plainRows.extend(bytes, bytes.length, true);
        for (let at = 0; at <= bytes.length; at++) expect(index.styleAt(at)).toEqual(whole.styleAt(at));
        expect(Array.from({ length: rows.count }, (_, row) => rows.start(row))).toEqual(
          Array.from({ length: plainRows.count }, (_, row) => plainRows.start(row)),
        );
      }),
    );
  });
});
