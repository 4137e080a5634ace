// Each finding of the reviews in docs/security-audit.md has a test that names it in its title, in every file that
// the document names, or is decided or still open there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../support/repository.js";

const textOf = (path: string): string => readFileSync(join(repositoryRoot, path), "utf8");
const numbers = [
  ...Array.from({ length: 16 }, (_, index) => `B${index + 1}`),
  ...Array.from({ length: 18 }, (_, index) => `R${index + 1}`),
  ...Array.from({ length: 15 }, (_, index) => `C${index + 1}`),
  ...Array.from({ length: 12 }, (_, index) => `D${index + 1}`),
];

test("every number has its tests, or a decision", () => {
  const rows = [
    ...textOf("docs/security-audit.md").matchAll(/^\| ((?:[BCDR]\d+(?:, )?)+) \|[^|]*\|([^|]*)\|$/gm),
  ].flatMap(([, of = "", tests = ""]) => of.split(", ").map((number) => ({ number, tests: tests.trim() })));
  expect(rows.map(({ number }) => number).toSorted()).toEqual(numbers.toSorted());
  const unproved = rows.flatMap(({ number, tests }) => {
    if (/^(?:Decided: |Open[:.])/.test(tests)) return [];
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
    const titled = new RegExp(`["\`][^"\`\\n]*\\((?:[BCDR]\\d+, )*${number}(?:, [BCDR]\\d+)*\\)`);
    const lacking = files.filter((file) => !titled.test(textOf(file)));
    return files.length === 0 ? [`${number}: no test`] : lacking.map((file) => `${number}: ${file}`);
  });
  expect(unproved).toEqual([]);
});
