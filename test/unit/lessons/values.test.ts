// The values of a check, and how they come into its texts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawValues } from "../../../server/lessons/check/values.js";
import { fill, filledExpression, literally, search } from "../../../server/lessons/format/fill.js";

const kinds = {
  word: "word",
  odd: "tricky",
  number: { integer: [3, 9] },
  sign: { hex: 8 },
  long: { text: 500 },
  file: { bytes: 300 },
  both: { of: "{word} and {odd}" },
} as const;

test("a seed makes the same values again, and another seed others", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const values = drawValues({ ...kinds, number: { integer: [3, 9] } }, one);
      expect(drawValues({ ...kinds, number: { integer: [3, 9] } }, one)).toEqual(values);
      if (one !== other) expect(drawValues({ ...kinds, number: { integer: [3, 9] } }, other)).not.toEqual(values);
      expect(Number(values.get("number"))).toBeGreaterThanOrEqual(3);
      expect(Number(values.get("number"))).toBeLessThanOrEqual(9);
      expect(values.get("both")).toBe(`${values.get("word")} and ${values.get("odd")}`);
      expect(values.get("file")).toHaveLength(300);
    }),
  );
});

test("a text is filled with values, sums and filters; what names none stays", () => {
  const values = new Map([
    ["a", "6"],
    ["b", "7"],
    ["name", "ü & x"],
  ]);
  expect(fill("{a*b} {a+1} {a-b} {name|query} {name|html|length} {c} {a|none} { b }", values)).toBe(
    "42 7 -1 %C3%BC+%26+x 9 {c} {a|none} { b }",
  );
});

test("a filled query comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const query = fill("x={value|query}", new Map([["value", text]]));
      expect(new URLSearchParams(query).get("x")).toBe(text);
    }),
  );
});

test("a value in a regular expression stands for its own letters", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(new RegExp(`^${literally(text)}$`, "u").test(text)).toBe(true);
      const expression = filledExpression("^<{value}>$", (part) => (part === "{value}" ? text : part));
      expect(expression.test(`<${text}>`)).toBe(true);
    }),
  );
});

test("classes of letters may stand in a regular expression, and a long text is searched as far as 64 KiB", () => {
  const asIs = (text: string): string => text;
  expect(search("käse 😀", "^\\p{L}+ \\u{1F600}$", asIs)?.[0]).toBe("käse 😀");
  expect(search("{a}", "\\{a\\}", asIs)?.[0]).toBe("{a}");
  const long = `${"x".repeat(64 << 10)}y`;
  expect([search(long, "x$", asIs)?.[0], search(long, "y", asIs)]).toEqual(["x", null]);
});
