// YAML of another tool that is too large, too deep or damaged: one sentence says which.
import { expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { readCollection } from "../../../server/features/collections/read-collection.js";

test.each([
  ["nested without end", `x: ${"[".repeat(20_000)}`, "collection-too-deep", "levels deep in each other."],
  ["with a tab", "\tx: 1", "collection-invalid", ": Tabs are not allowed as indentation at line 2, column 1."],
])("YAML %s is refused with a sentence", (_, line, code, sentence) => {
  const text = `type: collection.insomnia.rest/5.0\n${line}\n`;
  expect(() => readCollection([{ path: "a.yaml", text }])).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ code, message: expect.stringContaining(sentence) }),
    }),
  );
});

test("YAML of more than 2 MiB is refused before it is parsed (C4)", () => {
  const text = `type: collection.insomnia.rest/5.0\nname: ${"é".repeat(1 << 20)}\ncollection: []\n`;
  const code = (() => {
    try {
      return readCollection([{ path: "large.yaml", text }])?.name;
    } catch (error) {
      return error instanceof ProblemError ? error.problem.code : String(error);
    }
  })();
  expect(code).toBe("collection-yaml-too-large");
});
