// What interpreters report about imports.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ImportTime,
  importersFirst,
  isUsed,
  lineOfImport,
  ofScript,
  parseImportTimes,
} from "../../../server/features/startup/import-times.js";

interface Tree {
  readonly name: string;
  readonly below: readonly Tree[];
}
/** So many modules deep at most. */
const forestOf = (depth: number): fc.Arbitrary<readonly Tree[]> =>
  fc.array(
    fc.record({
      name: fc.stringMatching(/^[a-z_.]{1,8}$/),
      below: depth === 0 ? fc.constant([]) : forestOf(depth - 1),
    }),
    { maxLength: 3 },
  );
const forest = forestOf(3);

/** As an interpreter writes them: a module after those that it imported. */
const lines = (trees: readonly Tree[], depth = 0): string[] =>
  trees.flatMap(({ name, below }) => [
    ...lines(below, depth + 1),
    `import time:      1000 |       2500 | ${"  ".repeat(depth)}${name}`,
  ]);
const names = (trees: readonly Tree[], depth = 0): [string, number][] =>
  trees.flatMap(({ name, below }): [string, number][] => [[name, depth], ...names(below, depth + 1)]);

test("each module comes before those that it imported, in the order of the imports", () => {
  fc.assert(
    fc.property(forest, (trees) => {
      const times = importersFirst(parseImportTimes(lines(trees).join("\n")));
      expect(times.map(({ name, depth }) => [name, depth])).toEqual(names(trees));
      for (const { selfMs, totalMs } of times) expect([selfMs, totalMs]).toEqual([1, 2.5]);
    }),
  );
});

test("other lines are the script's own", () => {
  const stderr =
    "import time: self [us] | cumulative | imported package\nwarning\nimport time:         7 |          7 | json\n";
  expect(parseImportTimes(stderr).map(({ name }) => name)).toEqual(["json"]);
});

test("what the interpreter imports before the script is left out", () => {
  const time = (name: string, depth = 0): ImportTime => ({ name, depth, selfMs: 1, totalMs: 1 });
  const own = ofScript([time("encodings"), time("os", 1), time("site"), time("decoder", 1), time("json")]);
  expect(own.map(({ name }) => name)).toEqual(["decoder", "json"]);
  expect(ofScript([time("CGI")]).map(({ name }) => name)).toEqual(["CGI"]);
});

describe("the line of an import", () => {
  test.each([
    ["import os\nimport json, sqlite3\n", "sqlite3", "python", 2],
    ["from email.message import Message\n", "email", "python", 1],
    ["# import json\nx = 1\n  import json\n", "json", "python", 3],
    ["import jsonlines\n", "json", "python", null],
    ["use strict;\nuse CGI qw(:standard);\n", "CGI", "perl", 2],
    ["use parent 'HTML::Entities';\n", "HTML::Entities", "perl", 1],
    ["use CGI::Carp;\nrequire CGI;\n", "CGI", "perl", 2],
    ["\n\r\n  use strict; use CGI;\r\nuse CGI;\n", "CGI", "perl", 3],
    ["import os,\njson\nfrom\njson\n", "json", "python", null],
  ] as const)("%j: %s in %s", (source, name, language, line) => {
    expect(lineOfImport(source, name, language)).toBe(line);
  });
});

test("Perl loads what a script uses when it compiles it, not what it requires", () => {
  const source = "use strict;\nrequire CGI;\n# use JSON;\nuse parent qw(HTML::Entities);\n";
  const used = ["strict", "CGI", "JSON", "HTML::Entities", "HTML"].filter((name) => isUsed(source, name));
  expect(used).toEqual(["strict", "HTML::Entities"]);
});
