import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLine, terminalText } from "../../../server/base/terminal-text.js";

test("control characters are shown as escapes, and nothing else changes", () => {
  expect(terminalText("a\tb\n\x1b]0;x\x07\r\x7f\x9b\u202e é 😀")).toBe(
    "a\tb\n\\x1b]0;x\\x07\\x0d\\x7f\\x9b\\u202e é 😀",
  );
});

test("JSON controls no terminal either, and its value stays the same", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const line = jsonLine(value);
      expect(line.trimEnd()).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(jsonLine({ "\x9b": "\u202e\x1b" })).toBe('{"\\u009b":"\\u202e\\u001b"}\n');
});

test("no text leaves a control character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(terminalText(text)).not.toMatch(/(?![\t\n])\p{Cc}|\p{Bidi_Control}/u);
    }),
  );
});
