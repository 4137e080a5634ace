// Whatever a name is, each format gives it back: read by the shell, by systemd's rules, and by regular expressions.
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  environmentValue,
  globPattern,
  inDoubleQuotes,
  pattern,
  shellWord,
  specifiers,
  unitWord,
} from "../../../../server/features/deploy/quoting.js";
import { fill } from "../../../../server/features/deploy/template.js";

/** Text without control characters: names with them are refused before. */
const name = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.string({ unit: fc.constantFrom(..."\"'\\$`%{}()[];#&|<>*?!~^ .-ü/"), minLength: 1 }),
  )
  .filter((text) => !/\p{Cc}|\p{Surrogate}/u.test(text));

test("a shell reads the words and the variables as they were", () => {
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 20 }), (names) => {
      const words = names.map(shellWord).join(" ");
      const values = names.map((one, index) => `V${index}=${environmentValue(one)}\n`).join("");
      const printed = execFileSync("sh", [
        "-c",
        `${values}for w in ${words} ${names.map((_, i) => `"$V${i}"`).join(" ")}; do printf '%s\\0' "$w"; done`,
      ]);
      expect(printed.toString().split("\0").slice(0, -1)).toEqual([...names, ...names]);
    }),
    { numRuns: 30 },
  );
});

test("systemd's rules for a word of ExecStart give the name back", () => {
  fc.assert(
    fc.property(name, (one) => {
      const word = unitWord(one);
      expect(word).toMatch(/^".*"$/su);
      const read = word.slice(1, -1).replace(/\\(["\\])|%%|\$\$/g, (all, escaped?: string) => escaped ?? all.charAt(0));
      expect(read).toBe(one);
      expect(specifiers(one).replaceAll("%%", "%")).toBe(one);
    }),
  );
});

test("a pattern fits its own name alone, and needs no quotes", () => {
  fc.assert(
    fc.property(name, name, (one, other) => {
      const made = pattern(one);
      expect(made).not.toMatch(/["'$ #;{}]/);
      expect(new RegExp(`^${made}$`, "u").test(one)).toBe(true);
      expect(new RegExp(`^${made}$`, "u").test(other)).toBe(one === other);
    }),
  );
  expect(new RegExp(`^${globPattern("*.in?")}$`).test("a.inc")).toBe(true);
  expect(new RegExp(`^${globPattern("*.in?")}$`).test("a/b.inc")).toBe(false);
});

test("a template fills values, lists and conditions, and names what nobody gives", () => {
  const template =
    "{{a}} {{{a}}}\n{{#list}}\n- {{item}}{{#b}} b{{/b}}\n{{/list}}\n{{^none}}\nnone\n{{/none}}\n{{?list}}once{{/list}}\n{{?none}}never{{/none}}\n";
  const view = { a: '"', list: ["x", "y"], b: true, none: [] };
  expect(fill(template, view, inDoubleQuotes)).toBe('\\" "\n- x b\n- y b\nnone\nonce\n');
  expect(() => fill("{{missing}}", view, inDoubleQuotes)).toThrow(/missing/);
});
