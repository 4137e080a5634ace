// The result of a fix: whether the finding is gone after the request was sent again, and Undo.
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { CheckIcon, WarningIcon } from "../../ui/icon.js";
import type { Proof } from "./proof-store.js";

export function ProofNote({
  proof,
  rules,
}: {
  readonly proof: Proof /** Of the findings that the request has now. */;
  readonly rules: readonly string[];
}) {
  const { fix, finding, seq, before, undo } = proof;
  const select = useSelection((selection) => selection.select);
  const isGone = !rules.includes(finding.rule);
  const Icon = isGone ? CheckIcon : WarningIcon;
  return (
    <div
      role="status"
      className={`doctor-proof ${isGone ? "doctor-proof-ok" : "doctor-proof-warn"}`}
      data-proof={isGone ? "gone" : "still"}
    >
      <Icon className={`ui-icon ${isGone ? "ui-ok" : "ui-warn"}`} aria-hidden="true" />
      <div className="doctor-proof-words">
        <p>
          <strong>{isGone ? "Fixed." : "Not fixed."}</strong> Applied “{fix.title}” and sent{" "}
          <button type="button" className="ui-link ui-link-inherit" onClick={() => select(before)}>
            {seq === null ? "the request" : `#${seq}`}
          </button>{" "}
          again:{" "}
          {isGone
            ? `“${finding.title}” is no longer reported.${rules.length > 0 ? " Other findings are below." : ""}`
            : `“${finding.title}” is still reported.`}
        </p>
        <Button size="small" onClick={undo}>
          Undo
        </Button>
      </div>
    </div>
  );
}
