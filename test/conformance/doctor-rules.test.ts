// Every rule of the doctor, by the scripts in its folder: the failing one through a real request is found out, by this rule first, and
// its healthy twin is left in peace.
import { describe, expect, test } from "vitest";
import { rules } from "../../server/doctor/engine/rules.js";
import { caseOf, missingPrograms, ruleFolders, rulesWithScripts, runCase, scriptOf } from "../support/rule-case.js";

test("each rule has a folder of its name, and each folder a rule", () => {
  expect(rules.map(({ id }) => id).sort()).toEqual(ruleFolders().sort());
  expect(rulesWithScripts().filter((rule) => scriptOf(rule, "healthy") === null)).toEqual([]);
});

describe.each(rulesWithScripts())("%s", (rule) => {
  const missing = missingPrograms(rule);
  const needs = missing.length > 0 ? ` (needs ${missing.join(", ")})` : "";
  const { expect: wanted, hints = [] } = caseOf(rule);

  test.skipIf(missing.length > 0)(`its failing script${needs}`, async () => {
    const { findings } = await runCase(rule, "failing");
    expect(findings.map(({ rule: id }) => id)[0], JSON.stringify(findings, null, 1)).toBe(rule);
    if (wanted) expect(findings[0]).toMatchObject(wanted);
  });

  test.skipIf(missing.length > 0)(`its healthy twin${needs}`, async () => {
    const { findings } = await runCase(rule, "healthy");
    expect(findings.filter(({ rule: id }) => !hints.includes(id))).toEqual([]);
  });
});
