// Code in a sentence: what is in backticks, and nothing else.
import fc from "fast-check";
import { expect, test } from "vitest";
import { codeParts } from "../../../../renderer/ui/code-text.js";

const shown = (sentence: string) => codeParts(sentence).map(({ text, isCode }) => (isCode ? `<${text}>` : text));

test.each([
  ["Write `Status: 404 Not Found`.", ["Write ", "<Status: 404 Not Found>", "."]],
  ["`a` and `b`", ["<a>", " and ", "<b>"]],
  ["no code", ["no code"]],
  ["(`$| = 1` in Perl)", ["(", "<$| = 1>", " in Perl)"]],
  ["undefined method `foo' for `bar'", ["undefined method `foo' for `bar'"]],
  ["“`x” comes first. Print `\\n`.", ["“`x” comes first. Print ", "<\\n>", "."]],
])("%s", (sentence, expected) => expect(shown(sentence)).toEqual(expected));

test("nothing but the backticks of code is lost", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("`", "a", " ", ".", "“", "\n")), (pieces) => {
      const sentence = pieces.join("");
      const rebuilt = codeParts(sentence).map(({ text, isCode }) => (isCode ? `\`${text}\`` : text));
      expect(rebuilt.join("")).toBe(sentence);
    }),
  );
});
