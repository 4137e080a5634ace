// What the proof of a fix shows: fixed only if the finding is gone and the script does not fail otherwise.
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { ProofNote } from "../../../../../renderer/features/doctor/proof-note.js";
import type { Finding } from "../../../../../server/contract/trace.js";

type Found = Pick<Finding, "rule" | "severity" | "title">;
const found = (rule: string, severity: Finding["severity"]): Found => ({ rule, severity, title: rule });
const fixed = { rule: "cgi-field-missing", title: "No Content-Type" };

test.each<readonly [string, readonly Found[], string]>([
  ["no finding", [], "gone"],
  ["a new hint", [found("handler-used", "hint")], "gone"],
  ["an error that was there before", [found("body-missing", "error")], "gone"],
  ["a new error", [found("python-error", "error")], "other"],
  ["the same finding", [found(fixed.rule, "error"), found("python-error", "error")], "still"],
])("%s", (_what, findings, expected) => {
  const proof = {
    traceId: "b",
    before: "a",
    seq: 1,
    fix: { id: "add-content-type", title: "Add it" },
    finding: fixed,
    rulesBefore: [fixed.rule, "body-missing"],
    undo: () => {},
  } as const;
  const { container } = render(
    <ProofNote proof={proof} rules={findings.map(({ rule }) => rule)} findings={findings} />,
  );
  expect(container.querySelector("[data-proof]")?.getAttribute("data-proof")).toBe(expected);
});
