// What the script leaves behind, one line each: what it is, where, and what to do.
import { wordsOf } from "../../../server/contract/message.js";
import { modeTraits, traitsOf } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import type { ModeColumn } from "./mode-columns.js";
import { resetLeak, runAs, showFile } from "./script-changes.js";

interface LeakListProps {
  readonly entry: FileEntry;
  readonly columns: readonly ModeColumn[];
  /** The script is not the one that was measured. */
  readonly isStale: boolean;
}

export function LeakList({ entry, columns, isStale }: LeakListProps) {
  const client = useClient();
  const found = columns.flatMap(({ mode, measured }) =>
    (measured?.leaks?.leaks ?? []).map((leak, index) => ({
      mode,
      leak,
      canReset: !isStale && (measured?.resettable.includes(index) ?? false),
    })),
  );
  const differences = columns.flatMap(({ mode, measured }) =>
    (measured?.leaks?.differences ?? []).map((difference) => ({ mode, ...difference })),
  );
  const offersPrefork =
    entry.mode !== "prefork" &&
    traitsOf(entry.mode)?.responder !== "application" &&
    columns.some(({ mode, unfit }) => mode === "prefork" && unfit === null);
  if (found.length + differences.length === 0) return null;
  return (
    <section className="ways-box" aria-label="What to correct">
      <h3>
        What to correct{" "}
        {offersPrefork && (
          <Button
            size="small"
            className="ways-way-out"
            hint="A fork for each request: what it changes ends with it"
            disabled={!client}
            onClick={() => void runAs(entry.path, "prefork")}
          >
            Use prefork instead
          </Button>
        )}
      </h3>
      <ul className="ways-leaks">
        {found.map(({ mode, leak, leak: { kind, name, file, line, message, advice }, canReset }) => (
          <li key={`${mode} ${kind} ${name}`}>
            <span className="ui-badge">{modeTraits[mode].shortLabel}</span>
            {file !== null && line !== null && !file.startsWith("/") ? (
              <button type="button" className="ui-link" onClick={() => showFile(file, line)}>
                Line {line}
              </button>
            ) : (
              <span className="ui-faint">no line</span>
            )}
            <span>
              {wordsOf(message.text)} <span className="ui-dim">{wordsOf(advice.text)}</span>{" "}
              {canReset && (
                <Button
                  size="small"
                  aria-label={`Put it back after each request: ${name}`}
                  hint={`Add a line to ${entry.path} that does it`}
                  disabled={!client}
                  onClick={() => void resetLeak(entry.path, leak)}
                >
                  Put it back after each request
                </Button>
              )}
            </span>
          </li>
        ))}
        {differences.map(({ mode, target, run, part, name, message }) => (
          <li key={`${mode} ${target} ${run} ${part} ${name}`}>
            <span className="ui-badge">{modeTraits[mode].shortLabel}</span>
            <span className="ui-faint">output</span>
            <span>{wordsOf(message.text)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
