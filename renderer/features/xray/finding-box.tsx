// One finding: what is wrong, why, where, and the section of the specification.
import { useId } from "react";
import type { Severity } from "../../../server/contract/trace.js";
import { CodeText } from "../../ui/code-text.js";
import { ErrorIcon, InfoIcon, WarningIcon } from "../../ui/icon.js";
import { FindingLinks, type FindingLinksProps } from "./finding-links.js";

const notes: Record<Severity, string> = {
  error: "ui-note ui-note-bad",
  warning: "ui-note ui-note-warn",
  hint: "ui-note",
};
const icons: Record<Severity, typeof ErrorIcon> = { error: ErrorIcon, warning: WarningIcon, hint: InfoIcon };

export function FindingBox(links: FindingLinksProps) {
  const { finding } = links;
  const titleId = useId();
  const Icon = icons[finding.severity];
  return (
    <article
      className={`${notes[finding.severity]} finding-${finding.severity}`}
      aria-labelledby={titleId}
      data-severity={finding.severity}
      data-rule={finding.rule}
    >
      <Icon className="ui-icon finding-icon" role="img" aria-label={finding.severity} />
      <div className="finding-body">
        <h3 id={titleId} className="finding-title">
          {finding.title}
        </h3>
        <p className="finding-detail">
          <CodeText>{finding.detail}</CodeText>
        </p>
        <FindingLinks {...links} />
      </div>
    </article>
  );
}
