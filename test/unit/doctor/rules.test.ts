// The order of the rules: by stage, and within a stage as the rules declare.
import { describe, expect, test } from "vitest";
import { ruleStages } from "../../../server/contract/doctor-contract.js";
import { orderRules, rules } from "../../../server/doctor/engine/rules.js";

const ids = rules.map(({ id }) => id);

test("stages follow each other", () => {
  const stages = rules.map(({ stage }) => ruleStages.indexOf(stage));
  expect(stages).toEqual([...stages].sort((a, b) => a - b));
});

test("a rule comes before those that it names, which are of its own stage", () => {
  for (const { id, stage, before = [] } of rules)
    for (const later of before) {
      expect(rules.find((rule) => rule.id === later)?.stage, `${id} comes before ${later}`).toBe(stage);
      expect(ids.indexOf(id), `${id} comes before ${later}`).toBeLessThan(ids.indexOf(later));
    }
});

test("each id is used once", () => expect(new Set(ids).size).toBe(ids.length));

describe("the order", () => {
  const stage = "run";
  const ordered = (...some: Parameters<typeof orderRules>[0]) => orderRules(some).map(({ id }) => id);

  test("is alphabetical where no rule demands another", () => {
    expect(ordered({ id: "c", stage }, { id: "a", stage: "body" }, { id: "b", stage })).toEqual(["b", "c", "a"]);
  });

  test("follows a chain of demands", () => {
    expect(
      ordered(
        { id: "a", stage },
        { id: "b", stage, before: ["a"] },
        { id: "c", stage, before: ["b"] },
        { id: "d", stage },
      ),
    ).toEqual(["c", "b", "a", "d"]);
  });

  test("does not exist for rules that come before each other", () => {
    expect(() => ordered({ id: "a", stage, before: ["b"] }, { id: "b", stage, before: ["a"] })).toThrow(/a, b/);
  });
});
