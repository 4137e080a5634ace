// Every rule of the doctor, on the scripts in its folder: for a real request to the failing one this rule's finding
// comes first, and its healthy twin has no finding.
import { describe, expect, test } from "vitest";
import { rules } from "../../../server/doctor/engine/rules.js";
import { caseOf, missingPrograms, ruleFolders, rulesWithScripts, runCase, scriptOf } from "../../support/rule-case.js";

test("each folder has a rule, and each failing script a healthy twin", () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(ids.size).toBe(rules.length);
  expect(ruleFolders().filter((rule) => !ids.has(rule))).toEqual([]);
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
