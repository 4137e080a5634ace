// What became of a fix: whether the finding is gone from the request that was sent again, and the way back.
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
  const { fix, finding, seq, before, takeBack } = proof;
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
          <strong>{isGone ? "Mended." : "Still there."}</strong> {fix.title}: made, and the request of{" "}
          <button type="button" className="ui-link ui-link-inherit" onClick={() => select(before)}>
            {seq === null ? "before" : `#${seq}`}
          </button>{" "}
          sent again.{" "}
          {isGone
            ? `“${finding.title}” is gone${rules.length > 0 ? "; what is left stands below" : ""}.`
            : `“${finding.title}” is found again.`}
        </p>
        <Button size="small" onClick={takeBack}>
          Take it back
        </Button>
      </div>
    </div>
  );
}
