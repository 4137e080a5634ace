// What the script leaves behind, one line each: what it is, where, and what to do.
import { modeTraits } from "../../../server/contract/modes.js";
import type { OpenLine, Stop } from "./stops.js";

export function LeakList({ stops, onOpenLine }: { readonly stops: readonly Stop[]; readonly onOpenLine: OpenLine }) {
  const found = stops.flatMap(({ mode, measured }) =>
    (measured?.leaks?.leaks ?? []).map((leak) => ({ mode, ...leak })),
  );
  const differences = stops.flatMap(({ mode, measured }) =>
    (measured?.leaks?.differences ?? []).map((difference) => ({ mode, ...difference })),
  );
  if (found.length + differences.length === 0) return null;
  return (
    <section className="rail-box" aria-label="What to correct">
      <h3>What to correct</h3>
      <ul className="rail-leaks">
        {found.map(({ mode, kind, name, file, line, message, advice }) => (
          <li key={`${mode} ${kind} ${name}`}>
            <span className="ui-badge">{modeTraits[mode].shortLabel}</span>
            {file !== null && line !== null && !file.startsWith("/") ? (
              <button type="button" className="ui-link" onClick={() => onOpenLine(file, line)}>
                Line {line}
              </button>
            ) : (
              <span className="ui-faint">no line</span>
            )}
            <span>
              {message.text} <span className="ui-dim">{advice.text}</span>
            </span>
          </li>
        ))}
        {differences.map(({ mode, target, run, part, name, message }) => (
          <li key={`${mode} ${target} ${run} ${part} ${name}`}>
            <span className="ui-badge">{modeTraits[mode].shortLabel}</span>
            <span className="ui-faint">output</span>
            <span>{message.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
