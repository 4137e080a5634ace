// One finding: what is wrong, why, where, and the section of the specification.
import { useId } from "react";
import type { Severity } from "../../../server/contract/trace.js";
import { CodeText } from "../../ui/code-text.js";
import { SeverityIcon } from "../../ui/severity-icon.js";
import { FindingLinks, type FindingLinksProps } from "./finding-links.js";

const notes: Record<Severity, string> = {
  error: "ui-note ui-note-bad",
  warning: "ui-note ui-note-warn",
  hint: "ui-note",
};

export function FindingBox(links: FindingLinksProps) {
  const { finding } = links;
  const titleId = useId();
  return (
    <article
      className={`${notes[finding.severity]} finding-${finding.severity}`}
      aria-labelledby={titleId}
      data-severity={finding.severity}
      data-rule={finding.rule}
    >
      <SeverityIcon severity={finding.severity} className="finding-icon" />
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
