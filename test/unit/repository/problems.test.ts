// A problem takes its sentences from a table (`defineProblems`): the compiler refuses a string where one is thrown, and
// these are the tables, and all that makes a sentence of a string.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { ownTables, problemTables } from "../../support/message-tables.js";
import { repositoryRoot } from "../../support/repository.js";
import { filesBelow } from "./module-graph.js";

/** Tables, the doctor's findings and markers, a sentence cut short, and the words of a bug. */
const makers: readonly string[] = [
  "renderer/rpc/problem.ts",
  "server/contract/message.ts",
  "server/contract/problem.ts",
  "server/doctor/base/rule.ts",
  "server/doctor/engine/examine.ts",
  "server/doctor/static-checks/markers.ts",
  "server/rpc/variations-domain.ts",
];

const sources = ["electron", "renderer", "server"]
  .flatMap(filesBelow)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, source: readFileSync(join(repositoryRoot, file), "utf8") }));

/** The names of the tables that the source defines. */
const tablesIn = (source: string): string[] =>
  [...source.matchAll(/\bconst (\w+) = defineProblems\(/g)].map(([, name = ""]) => name);

test("nothing but these makes a sentence", () => {
  const making = sources.filter(({ source }) => /\basSentence\b/.test(source)).map(({ file }) => file);
  expect(making.toSorted()).toEqual(makers);
});

test("every table lies in a messages.ts, and is checked with the others", () => {
  const defining = sources.flatMap(({ file, source }) => tablesIn(source).map((table) => ({ file, table })));
  expect(defining.map(({ file }) => file).filter((file) => basename(file) !== "messages.ts")).toEqual([]);
  const checked = [...Object.keys(problemTables), ...Object.keys(ownTables)];
  expect(defining.map(({ table }) => table).toSorted()).toEqual(checked.toSorted());
});

test("a table that is not among the checked ones would be found", () => {
  const source = 'export const ownMessage = defineProblems({ gone: { message: "It is gone." } });';
  expect(tablesIn(source)).toEqual(["ownMessage"]);
});
