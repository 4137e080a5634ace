// Every rule of the conformance list has a test whose title begins with its id, so
// that `npm run conformance` can tell of each.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../support/repository.js";
import { conformanceIds, idsOf } from "../../support/run/conformance-ids.mjs";

const folder = join(repositoryRoot, "test/conformance");

test("each id from C01 to C70 and F01 to F29 heads a test's title", () => {
  const titles = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/(?:test|\))\(\s*["`]([CF]\d\d[^"`]*)["`]/g)].map(
        ([, title]) => title ?? "",
      ),
    );
  const covered = new Set(titles.flatMap(idsOf));
  expect([...conformanceIds.keys()].filter((id) => !covered.has(id))).toEqual([]);
  expect([...covered].filter((id) => !conformanceIds.has(id))).toEqual([]);
  expect(conformanceIds.size).toBe(90);
});

test("ids are read from the beginning of a title alone", () => {
  expect(idsOf("C01, C11: with them")).toEqual(["C01", "C11"]);
  expect(idsOf("C01 and more")).toEqual([]);
  expect(idsOf("what C01: says")).toEqual([]);
  expect(idsOf("F03, C11: of both")).toEqual(["F03", "C11"]);
});
