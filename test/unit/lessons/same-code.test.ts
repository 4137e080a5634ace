// Which works have the same code, and the table of a class.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClassRow } from "../../../server/contract/lesson-class-contract.js";
import { classCsv } from "../../../server/lessons/class/class-report.js";
import { codePrints, sameAs } from "../../../server/lessons/class/same-code.js";

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join("\n");
const prints = (text: string, start = "") => {
  const file = (content: string) => [{ path: "cgi-bin/a.py", bytes: Buffer.from(content) }];
  return codePrints(file(text), file(start));
};
const isSame = (one: string, other: string): boolean =>
  sameAs([
    { work: "a", prints: prints(one) },
    { work: "b", prints: prints(other) },
  ])[0]?.[0] === "b";

const first = lines(21, (n) => `total = total + price * ${n}`);

test("names, spaces, comments and empty lines do not make a difference, and other code does", () => {
  const copied = lines(21, (n) => `\n  summe=summe +  preis*${n}   # a line of my own ${n}`);
  expect(isSame(first, copied)).toBe(true);
  expect(isSame(first, first.replace("* 20", "* 2"))).toBe(false);
  expect(isSame(first, first.replace("total + price", "total + total"))).toBe(false);
  const word = (text: string) => lines(21, (n) => `print("${text}", ${n})`);
  expect(isSame(word("Ada"), word("Bob"))).toBe(false);
});

test("twenty lines are never marked, nor is what everybody was given", () => {
  const short = lines(20, (n) => `a${n} = ${n}`);
  expect(isSame(short, `${short}\n# one\n# two`)).toBe(false);
  expect(prints(first, first).size).toBe(0);
});

test("no text makes the comparison take for ever", () => {
  const hostile = `${"# ".repeat(500_000)}\r`;
  expect(prints(`${first}\n${hostile}`)).toEqual(prints(first));
  expect(prints("a = 1 + 1\n".repeat(200_000)).size).toBe(0);
});

const row: ClassRow = {
  ...{ work: "w", name: "", lesson: "run", code: "python", passed: true, points: 1, of: 1 },
  ...{ failed: [], notJudged: [], seed: "x", sameAs: [], problem: null },
};

test("the table is read back as it was, whatever a name holds, and no name is a formula", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      const cells = [...classCsv([{ ...row, name }]).matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
      const [, cell = ""] = cells.slice(12).map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
      expect(cell.replace(/^'(?=[=+\-@\t\r])/, "")).toBe(name);
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
