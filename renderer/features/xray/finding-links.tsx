// Where a finding leads: to its bytes, to the script's line, and to the explanation.
import type { Finding } from "../../../server/contract/trace.js";
import { isAboutEncoding } from "../../model/traces/encoding-rules.js";
import { runCommand } from "../../platform/command-registry.js";

export interface FindingLinksProps {
  readonly finding: Finding;
  /** Shows the bytes it is about; null when it is about none. */
  readonly onShowBytes: (() => void) | null;
  /** Opens the script at its line; null when it names none. */
  readonly onOpenLine: (() => void) | null;
  /** Shows the explanation and what can be done. */
  readonly onExplain: () => void;
}

export function FindingLinks({ finding, onShowBytes, onOpenLine, onExplain }: FindingLinksProps) {
  return (
    <div className="finding-more">
      <button type="button" className="ui-link" onClick={onExplain}>
        {finding.fixes.length > 0 ? "Explain and fix" : "Explain"}
      </button>
      {onShowBytes && finding.range && (
        <button type="button" className="ui-link" onClick={onShowBytes}>
          Show the bytes at 0x{finding.range[0].toString(16)}
        </button>
      )}
      {isAboutEncoding(finding.rule) && (
        <button type="button" className="ui-link" onClick={() => runCommand("encoding.follow")}>
          Follow the character
        </button>
      )}
      {onOpenLine && (
        <button type="button" className="ui-link" onClick={onOpenLine}>
          Open line {finding.line}
        </button>
      )}
      {finding.reference !== null && <span className="ui-dim">{finding.reference}</span>}
    </div>
  );
}
