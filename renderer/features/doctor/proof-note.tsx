// The result of a fix: whether the finding is gone after the request was sent again without a new error, and Undo.
import { wordsOf } from "../../../server/contract/message.js";
import type { Finding } from "../../../server/contract/trace.js";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { CheckIcon, WarningIcon } from "../../ui/icon.js";
import type { Proof } from "./proof-store.js";

export function ProofNote({
  proof,
  rules,
  findings,
}: {
  readonly proof: Proof;
  /** Of the findings that the request has now; null: they are not known. */
  readonly rules: readonly string[] | null;
  /** Those of them that the trace has already. */
  readonly findings: readonly Pick<Finding, "rule" | "severity" | "title">[];
}) {
  const { fix, finding, rulesBefore, before, seeks, undo } = proof;
  const select = useSelection((selection) => selection.select);
  const error = findings.find(({ rule, severity }) => severity === "error" && !rulesBefore.includes(rule));
  const result =
    rules === null
      ? "unknown"
      : seeks !== undefined && rules.includes(seeks)
        ? "found"
        : rules.includes(finding.rule)
          ? "still"
          : error === undefined
            ? "gone"
            : "other";
  const isFixed = result === "gone" || result === "found";
  const Icon = isFixed ? CheckIcon : WarningIcon;
  return (
    <div
      role="status"
      className={`doctor-proof ${isFixed ? "doctor-proof-ok" : "doctor-proof-warn"}`}
      data-proof={result}
    >
      <Icon className={isFixed ? "ui-beside ui-ok" : "ui-beside ui-warn"} />
      <div className="ui-wrap doctor-proof-words">
        <p>
          <strong>{titles[result]}</strong> Applied “{fix.title}” and sent{" "}
          <button type="button" className="ui-link ui-link-inherit" onClick={() => select(before)}>
            #{numberOf(before)}
          </button>{" "}
          again:{" "}
          {result === "unknown"
            ? "the doctor’s check is not complete."
            : result === "found"
              ? "the line is in the finding below. Undo brings the earlier program back."
              : result === "still"
                ? `“${finding.title}” is still reported.`
                : error === undefined
                  ? `“${finding.title}” is no longer reported.${rules?.length === 0 ? "" : " Other findings are below."}`
                  : `“${finding.title}” is no longer reported, but there is another error now: “${wordsOf(error.title)}”.`}
        </p>
        <Button size="small" onClick={undo}>
          Undo
        </Button>
      </div>
    </div>
  );
}

const titles = {
  gone: "Fixed.",
  found: "Found.",
  other: "Another error.",
  still: "Not fixed.",
  unknown: "Not checked.",
} as const;
