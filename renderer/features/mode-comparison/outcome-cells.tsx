// Whether a mode gives CGI's bytes, and what leaks there. Always a sign and a word.
import { wordsOf } from "../../../server/contract/message.js";
import { isLeakUnknown } from "../../../server/contract/wrapper.js";
import { CheckIcon, ErrorIcon, WarningIcon } from "../../ui/icon.js";
import type { ModeColumn } from "./mode-columns.js";
import { showFile } from "./script-changes.js";

/** The cell of a figure that is not known, or does not apply. */
export const nothing = <span className="ui-faint">–</span>;

export function BytesCell({ column: { mode, measured, unfit } }: { readonly column: ModeColumn }) {
  if (mode === "cgi" && unfit === null) return <span className="ui-dim">the reference</span>;
  const leaks = measured?.leaks;
  if (!leaks) return nothing;
  if (leaks.alike)
    return (
      <span className="ui-row ways-outcome" title="Cold, warm and in another order">
        <CheckIcon className="ui-ok" /> yes
      </span>
    );
  const parts = [...new Set(leaks.differences.map(({ part, name }) => name ?? part))];
  return (
    <span className="ui-row ways-outcome" title={leaks.differences.map(({ message }) => message.text).join("\n")}>
      <WarningIcon className="ui-warn" /> no, {parts.join(", ")} {parts.length === 1 ? "differs" : "differ"}
    </span>
  );
}

/** Names that have room; the list below has all. */
const mostNames = 2;

export function LeaksCell({ column: { mode, measured, unfit } }: { readonly column: ModeColumn }) {
  if (mode === "cgi" && unfit === null) return <span className="ui-dim">none possible</span>;
  const report = measured?.leaks;
  if (!report) return nothing;
  if (isLeakUnknown(measured))
    return (
      <span className="ui-row ways-outcome" title="Outputs alone were compared">
        <WarningIcon className="ui-warn" /> not examined
      </span>
    );
  if (report.leaks.length === 0)
    return (
      <span className="ui-row ways-outcome" title={report.stateExamined ? undefined : "Outputs alone were compared"}>
        <CheckIcon className="ui-ok" /> none
        {mode === "prefork" && <span className="ui-dim">(each request forks)</span>}
      </span>
    );
  return (
    <span className="ui-row ways-outcome">
      <ErrorIcon className="ui-bad" /> {report.leaks.length}
      {report.leaks.slice(0, mostNames).map(({ kind, name, file, line, message, advice }) => {
        const words = name === "" ? kind : name;
        const why = `${wordsOf(message.text)} ${wordsOf(advice.text)}`;
        return file === null || line === null || file.startsWith("/") ? (
          <span key={`${kind} ${name}`} className="ui-mono ui-cut" title={why}>
            {words}
          </span>
        ) : (
          <button
            key={`${kind} ${name}`}
            type="button"
            className="ui-link ui-mono ui-cut"
            title={why}
            onClick={() => showFile(file, line)}
          >
            {words}
          </button>
        );
      })}
      {report.leaks.length > mostNames && <span className="ui-dim">…</span>}
    </span>
  );
}
