// What happened to a failing request, calmly: a headline, the reason in a sentence, the facts, and the last lines on
// stderr. The finding that explains the failure, where there is one, is the headline: nothing is shown twice.
import { useId } from "react";
import { isFailed } from "../../../server/contract/failure.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { CodeText } from "../../ui/code-text.js";
import { ErrorIcon, InfoIcon } from "../../ui/icon.js";
import { FindingLinks, type FindingLinksProps } from "./finding-links.js";
import { outcomeFacts, outcomeTitle, tellsProblem } from "./outcome-label.js";
import { StderrTail } from "./stderr-tail.js";

interface OutcomeBoxProps {
  readonly trace: TraceView;
  /** The finding that explains the failure, and where it leads. */
  readonly lead: FindingLinksProps | null;
  readonly onShowStderr: () => void;
}

export function OutcomeBox({ trace, lead, onShowStderr }: OutcomeBoxProps) {
  const titleId = useId();
  const title = lead?.finding.title ?? outcomeTitle(trace);
  if (title === null) return null;
  const detail = lead?.finding.detail ?? trace.detail;
  const hasFailed = isFailed({ outcome: trace.outcome, status: trace.response?.status ?? null });
  const endedWithCode = (trace.process?.exitCode ?? 0) !== 0;
  const why = trace.script?.why ?? "";
  const Icon = hasFailed ? ErrorIcon : InfoIcon;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label="What happened"
      className="xray-outcome"
      data-tone={hasFailed ? "bad" : "quiet"}
      data-outcome={trace.outcome}
      data-severity={lead?.finding.severity}
      data-rule={lead?.finding.rule}
    >
      <h3 id={titleId} className="xray-outcome-title">
        <Icon className={`ui-icon ${hasFailed ? "ui-bad" : "ui-dim"}`} aria-hidden="true" />
        {title}
      </h3>
      {detail !== null && (
        <p>
          <CodeText>{detail}</CodeText>
        </p>
      )}
      {why !== "" && !tellsProblem(trace) && lead === null && <p className="ui-dim">{why}</p>}
      {lead && <FindingLinks {...lead} />}
      <p className="xray-facts">
        {outcomeFacts(trace).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {(hasFailed || endedWithCode) && trace.stderr !== null && trace.stderr.captured > 0 && (
        <StderrTail
          trace={trace}
          captured={trace.stderr.captured}
          isCut={trace.stderr.captured < trace.stderr.bytes}
          onShowAll={onShowStderr}
        />
      )}
    </div>
  );
}
