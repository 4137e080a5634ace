// The result of a fix: whether the finding is gone after the request was sent again without a new error, and Undo.
import type { Finding } from "../../../server/contract/trace.js";
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
  /** Of the findings that the request has now. */
  readonly rules: readonly string[];
  /** Those of them that the trace has already. */
  readonly findings: readonly Pick<Finding, "rule" | "severity" | "title">[];
}) {
  const { fix, finding, rulesBefore, seq, before, undo } = proof;
  const select = useSelection((selection) => selection.select);
  const isGone = !rules.includes(finding.rule);
  const error = findings.find(({ rule, severity }) => severity === "error" && !rulesBefore.includes(rule));
  const isFixed = isGone && error === undefined;
  const Icon = isFixed ? CheckIcon : WarningIcon;
  return (
    <div
      role="status"
      className={`doctor-proof ${isFixed ? "doctor-proof-ok" : "doctor-proof-warn"}`}
      data-proof={isFixed ? "gone" : isGone ? "other" : "still"}
    >
      <Icon className={`ui-icon ${isFixed ? "ui-ok" : "ui-warn"}`} aria-hidden="true" />
      <div className="doctor-proof-words">
        <p>
          <strong>{isFixed ? "Fixed." : isGone ? "Another error." : "Not fixed."}</strong> Applied “{fix.title}” and
          sent{" "}
          <button type="button" className="ui-link ui-link-inherit" onClick={() => select(before)}>
            {seq === null ? "the request" : `#${seq}`}
          </button>{" "}
          again:{" "}
          {!isGone
            ? `“${finding.title}” is still reported.`
            : error === undefined
              ? `“${finding.title}” is no longer reported.${rules.length > 0 ? " Other findings are below." : ""}`
              : `“${finding.title}” is no longer reported, but there is another error now: “${error.title}”.`}
        </p>
        <Button size="small" onClick={undo}>
          Undo
        </Button>
      </div>
    </div>
  );
}
