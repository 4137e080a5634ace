// The graph over everything that is stored: percentiles for each step of time, back to the oldest trace.
import { useMemo } from "react";
import type { StoredFigures } from "../../../server/contract/figures-contract.js";
import { dateOf } from "../../format/clock.js";
import { formatMs } from "../../format/duration.js";
import { formatCount } from "../../format/size.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { Plot } from "./plot.js";
import { PlotLayer } from "./plot-layer.js";
import { useStoredFigures } from "./stored-figures.js";
import { storedPicture } from "./stored-picture.js";
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
  return figures === null ? <ReadingFigures /> : <StoredGraph figures={figures} hasSummary />;
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

export interface StoredGraphProps {
  readonly figures: StoredFigures;
  /** The sum of all steps is told in the legend. */
  readonly hasSummary?: boolean;
}

export function StoredGraph({ figures, hasSummary = false }: StoredGraphProps) {
  const { drawing, spots, marks, failed } = useMemo(() => storedPicture(figures, Date.now()), [figures]);
  if (figures.requests === 0)
    return (
      <div className="ui-empty">
        <p>No request to this script is stored.</p>
      </div>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label="Stored latency" aria-description={summaryWords(figures)} className="latency-body">
      <Plot drawing={drawing}>
        <PlotLayer spots={spots} marks={marks} focusedId={null} onSelect={() => {}} onZoom={() => {}}>
          {failed.map(({ at, left, words }) => (
            <span key={at} className="latency-failed" title={words} style={{ left: `${left * 100}%` }} />
          ))}
        </PlotLayer>
      </Plot>
      <p className="latency-legend">
        {(["p50", "p95", "p99"] as const).map((name) => (
          <span key={name} data-line={name}>
            ■ {name}
          </span>
        ))}
        {failed.length > 0 && <span className="ui-bad">▾ failures</span>}
        {marks.length > 0 && <span className="ui-dim">┆ new version</span>}
        {hasSummary && <span className="ui-dim">{summaryWords(figures)}</span>}
      </p>
    </div>
  );
}

/** "1,204 requests since 2026-11-12, 3 failed, p50 4.1 ms" */
export function summaryWords({ requests, failed, firstAt, p50Ms, p95Ms }: StoredFigures): string {
  const since = firstAt === null ? "" : ` since ${dateOf(firstAt)}`;
  const times = p50Ms === null || p95Ms === null ? "" : `, p50 ${formatMs(p50Ms)}, p95 ${formatMs(p95Ms)}`;
  return `${requests === 1 ? "1 request" : `${formatCount(requests)} requests`}${since}, ${formatCount(failed)} failed${times}`;
}
