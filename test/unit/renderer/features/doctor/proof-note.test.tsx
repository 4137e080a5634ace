// What the proof of a fix shows: fixed only if the finding is gone and the script does not fail otherwise.
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { ProofNote } from "../../../../../renderer/features/doctor/proof-note.js";
import { asSentence } from "../../../../../server/contract/message.js";
import type { Finding } from "../../../../../server/contract/trace.js";

type Found = Pick<Finding, "rule" | "severity" | "title">;
const found = (rule: string, severity: Finding["severity"]): Found => ({ rule, severity, title: asSentence(rule) });
const fixed = { rule: "cgi-field-missing", title: "No Content-Type" };

const same = found(fixed.rule, "error");
const other = found("python-error", "error");

function shown(findings: readonly Found[]): HTMLElement | null {
  const proof = {
    traceId: "b",
    before: "a",
    fix: { id: "add-content-type", title: "Add it" },
    finding: fixed,
    rulesBefore: [fixed.rule, "body-missing"],
    undo: () => {},
  } as const;
  const { container } = render(
    <ProofNote proof={proof} rules={findings.map(({ rule }) => rule)} findings={findings} />,
  );
  return container.querySelector("[data-proof]");
}

test.each<readonly [string, readonly Found[], string]>([
  ["no finding", [], "gone"],
  ["a new hint", [found("handler-used", "hint")], "gone"],
  ["an error that was there before", [found("body-missing", "error")], "gone"],
  ["a new error", [other], "other"],
  ["the same finding", [same, other], "still"],
])("%s", (_what, findings, expected) => {
  expect(shown(findings)?.getAttribute("data-proof")).toBe(expected);
});

test("each result has a heading of its own", () => {
  const headings = [[], [other], [same]].map((findings) => shown(findings)?.querySelector("strong")?.textContent);
  expect(new Set(headings).size).toBe(3);
});
