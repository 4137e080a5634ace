// The graph over everything that is stored: percentiles for each step of time, back to the oldest trace.
import { type KeyboardEvent, useMemo, useState } from "react";
import type { StoredFigures } from "../../../server/contract/figures-contract.js";
import { dateOf } from "../../format/clock.js";
import { plural } from "../../format/plural.js";
import { formatCount } from "../../format/size.js";
import { useToday } from "../../platform/use-today.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { Plot } from "./plot.js";
import { PlotLayer } from "./plot-layer.js";
import { useStoredFigures } from "./stored-figures.js";
import { percentileWords, storedPicture } from "./stored-picture.js";
import "./latency.css";

/** `file`: a workspace path; null: all requests. */
export function StoredBody({ file }: { readonly file: string | null }) {
  const { figures, error } = useStoredFigures(file);
  if (error !== null)
    return (
      <p className="ui-empty" role="alert">
        {error}
      </p>
    );
  if (figures === null) return <ReadingFigures />;
  if (figures.requests > 0) return <StoredGraph figures={figures} hasSummary />;
  return (
    <div className="ui-empty">
      <p>{file === null ? "No request is stored." : "No request to this script is stored."}</p>
    </div>
  );
}

/** In place of figures that are being read; nothing is shown when they come at once. */
export function ReadingFigures() {
  const waiting = useWaiting(true);
  return (
    <div className="ui-empty" role="status" aria-label="Reading the stored traces" aria-busy>
      {waiting !== null && <p className="ui-dim">Reading the stored traces…{waiting > 1 && ` ${waiting} s`}</p>}
    </div>
  );
}

interface StoredGraphProps {
  readonly figures: StoredFigures;
  /** The sum of all steps is told in the legend. */
  readonly hasSummary?: boolean;
}

export function StoredGraph({ figures, hasSummary = false }: StoredGraphProps) {
  const today = useToday();
  const { drawing, spots, marks, failed } = useMemo(() => storedPicture(figures, today), [figures, today]);
  const [at, setAt] = useState<number | null>(null);
  /** Of the step as it was when a key moved to it: new requests do not interrupt a screen reader. */
  const [spoken, setSpoken] = useState("");
  const last = spots.length - 1;
  const moveTo = (index: number | null): void => {
    setAt(index);
    setSpoken((index === null ? undefined : spots[index])?.lines.join(", ") ?? "");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = at ?? last + 1; // the first key shows the newest step
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(Math.max(0, Math.min(last, next)));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label="Stored latency"
      aria-description={`${summaryWords(figures)}. Keys: arrows move from step to step.`}
      className="ui-column latency-body"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move from step to step
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => moveTo(null)}
    >
      <Plot drawing={drawing}>
        <PlotLayer spots={spots} marks={marks} focused={at === null ? null : (spots[Math.min(at, last)] ?? null)}>
          {failed.map(({ at, left, words }) => (
            <span key={at} className="latency-failed" title={words} style={{ left: `${left * 100}%` }} />
          ))}
        </PlotLayer>
      </Plot>
      <p role="status" className="ui-hidden">
        {spoken}
      </p>
      <p className="latency-legend">
        {(["p50", "p95", "p99"] as const).map((name) => (
          <span key={name} data-line={name}>
            ■ {name}
          </span>
        ))}
        {failed.length > 0 && <span className="ui-bad">▾ failures</span>}
        {marks.length > 0 && <span className="ui-dim">┆ new version</span>}
        {hasSummary && (
          <span className="ui-dim latency-summary" title={summaryWords(figures)}>
            {summaryWords(figures)}
          </span>
        )}
      </p>
    </div>
  );
}

/** "1,204 requests since 2026-11-12, 3 failed, p50 4.1 ms, p95 9.2 ms" */
export function summaryWords(figures: StoredFigures): string {
  const { requests, failed, firstAt } = figures;
  const since = firstAt === null ? "" : ` since ${dateOf(firstAt)}`;
  const count = `${plural(requests, "request")}${since}`;
  return [count, `${formatCount(failed)} failed`, ...percentileWords(figures).slice(0, 2)].join(", ");
}
