// Texts side by side: no two that differ look the same.
import fc from "fast-check";
import { expect, test } from "vitest";
import { visibleText } from "../../../server/protocol/visible-text.js";

const odd = fc.constantFrom(
  " ",
  "\u00a0",
  "\u2003",
  "\t",
  "\n",
  "\r",
  "\0",
  "\u200b",
  "\ufeff",
  "\u0301",
  "\u3164",
  "\ud800",
  '"',
  "\\",
  "#",
);

test("two texts that differ are shown as two that differ", () => {
  const text = fc.string({ unit: fc.oneof(odd, fc.string({ unit: "binary", maxLength: 1 })), maxLength: 6 });
  const differ = fc.property(text, text, (one, other) => {
    expect(visibleText(one) === visibleText(other)).toBe(one === other);
  });
  fc.assert(differ, { numRuns: 2000 });
});

test("all that is shown has a glyph, or is a blank between others", () => {
  const shown = fc.property(fc.string({ unit: odd, maxLength: 6 }), (text) => {
    expect(visibleText(text)).toMatch(/^[\x20-\x7e]+$/);
  });
  fc.assert(shown);
});

test.each([
  ["König 5 €", "König 5 €"],
  ["", '""'],
  ['""', String.raw`"\"\""`],
  ['say "no"', 'say "no"'],
  ["#  #", '"#  #"'],
  ["#  # ", '"#  # "'],
  ["#\u00a0 #", String.raw`"#\u00a0 #"`],
  ["#\t#\r\n", String.raw`"#\t#\r\n"`],
  ["e\u0301", String.raw`"e\u0301"`],
  ["नमस्ते दुनिया", "नमस्ते दुनिया"],
  ["👍", "👍"],
  ['say "x"', 'say "x"'],
])("%j is shown as %s", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});
