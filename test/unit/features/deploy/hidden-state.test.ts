// State that scripts keep in files: each sample says in its line where it is, and what has none is not suspected.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hiddenState } from "../../../../server/features/deploy/hidden-state.js";
import { latin1 } from "../../../../server/protocol/byte-string.js";
import { parseShebang } from "../../../../server/routing/shebang.js";
import { repositoryRoot } from "../../../support/repository.js";

function found(folder: string, name: string) {
  const source = readFileSync(join(repositoryRoot, "test/fixtures/deploy", folder, name), "utf8");
  const shebang = parseShebang(latin1(source));
  const program = shebang === null ? null : (shebang.searchedFor ?? shebang.program);
  const lines = source.split("\n").flatMap((line, index) => (/(#|\/\/) state$/.test(line) ? [index + 1] : []));
  return { lines, seen: hiddenState(name, program, source).map(({ line }) => line) };
}
const samples = (folder: string) => readdirSync(join(repositoryRoot, "test/fixtures/deploy", folder));

test.each(samples("with-state"))("names the line in %s", (name) => {
  const { lines, seen } = found("with-state", name);
  expect(lines.length).toBe(1);
  expect(seen).toEqual(lines);
});

test.each(samples("without-state"))("suspects nothing in %s", (name) => {
  expect(found("without-state", name).seen).toEqual([]);
});

test("there are ten of each", () => {
  expect([samples("with-state").length, samples("without-state").length]).toEqual([10, 10]);
});
