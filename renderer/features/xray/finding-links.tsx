// Where a finding leads: to its bytes, to the script's line, and to the explanation.
import type { Finding } from "../../../server/contract/trace.js";
import { isAboutEncoding } from "../../model/traces/encoding-rules.js";
import { runCommand } from "../../platform/command-registry.js";
import { type FindingTarget, findingTarget } from "./finding-marks.js";

/** A tab to go to, with the offset to show there, or the range `[at, to)` to select. */
export type ShowTab = (tab: "env" | "doctor" | FindingTarget, at?: number, to?: number) => void;

export interface FindingLinksProps {
  readonly finding: Finding;
  readonly onShow: ShowTab;
  /** Opens the script in the editor; null when it is not in the workspace. */
  readonly onOpenLine: ((line: number) => void) | null;
}

export function FindingLinks({ finding, onShow, onOpenLine }: FindingLinksProps) {
  const { range, line } = finding;
  const target = findingTarget(finding);
  return (
    <div className="finding-more">
      <button type="button" className="ui-link" onClick={() => onShow("doctor")}>
        {finding.fixes.length > 0 ? "Explain and fix" : "Explain"}
      </button>
      {target && range && (
        <button type="button" className="ui-link" onClick={() => onShow(target, range[0], range[1])}>
          Show the bytes at 0x{range[0].toString(16)}
        </button>
      )}
      {isAboutEncoding(finding.rule) && (
        <button type="button" className="ui-link" onClick={() => runCommand("encoding.follow")}>
          Follow the character
        </button>
      )}
      {line !== null && onOpenLine && (
        <button type="button" className="ui-link" onClick={() => onOpenLine(line)}>
          Open line {line}
        </button>
      )}
      {finding.reference !== null && <span className="ui-dim">{finding.reference}</span>}
    </div>
  );
}
