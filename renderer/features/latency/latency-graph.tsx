// The latency graph: the last 100 requests of a script (or of all) as points, a dashed line at each save; above one request a
// second the last minute with percentiles. Drag or keys zoom; a click opens a trace.
import { type KeyboardEvent, useMemo, useState } from "react";
import { useSelection } from "../../app/selection.js";
import { IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";
import { LatencyBar } from "./latency-bar.js";
import { LatencyPoints } from "./latency-points.js";
import { type Look, useLatencyChoice, zoomTo } from "./latency-state.js";
import { phaseKinds, phaseNames } from "./phase-series.js";
import { pictureOf } from "./picture.js";
import { Plot } from "./plot.js";
import { PlotLayer } from "./plot-layer.js";
import { type Summary, summaryOf, windowS } from "./series.js";
import { type Latency, useLatency } from "./use-latency.js";
import { useMinute } from "./use-minute.js";
import { panned, widened, zoomInto } from "./zoom.js";
import "./latency.css";

export function LatencyGraph() {
  const latency = useLatency();
  const { file, mode, points, zoom, end } = latency;
  const isMinute = mode === "time" && zoom === null;
  const minute = useMinute(file, end, isMinute);
  const own = useMemo(() => summaryOf(points), [points]);
  const summary = minute && minute.count > points.length - own.failed ? { p50: minute.p50Ms, p95: minute.p95Ms, p99: minute.p99Ms, failed: own.failed } : own;
  const isEmpty = points.length === 0;
  const name = file === null ? "all requests" : file.slice(file.lastIndexOf("/") + 1);
  const span = spanWords(latency);
  const figures = isEmpty ? "" : figuresOf(summary, isMinute ? latency.rate : null);
  return (
    <section className="latency" aria-label="Latency" data-mode={isEmpty ? "empty" : mode} data-zoomed={zoom !== null || undefined}>
      <h2 className="ui-heading latency-heading">
        <span className="ui-cut" title={file ?? undefined}>
          Latency{isEmpty ? "" : `, ${name}, ${span}`}
        </span>
        {zoom && (
          <IconButton label="Reset zoom" hint="Reset zoom (0)" size="small" className="latency-reset" onClick={() => zoomTo(null)}>
            <CloseIcon className="ui-icon" aria-hidden="true" />
          </IconButton>
        )}
        <span className="latency-figures">{figures}</span>
      </h2>
      {isEmpty ? (
        <div className="ui-empty">
          <p>
            The graph begins with the first answer.
            <br />A red point is a failure; a dashed line is a save.
          </p>
        </div>
      ) : (
        <>
          <LatencyBar latency={latency} />
          <Filled latency={latency} description={`${name}, ${span}, ${figures}${summary.failed > 0 ? `, ${summary.failed} failed` : ""}`} />
        </>
      )}
    </section>
  );
}

const short = (ms: number): string => (ms >= 10 ? ms.toFixed(0) : ms.toFixed(1));

function figuresOf({ p50, p95, p99 }: Summary, rate: number | null): string {
  if (p50 === null || p95 === null || p99 === null) return "no successful run yet";
  if (p50 === p99 && rate === null) return `${short(p50)} ms`;
  return `p50 ${short(p50)} · p95 ${short(p95)} · p99 ${short(p99)} ms${rate === null ? "" : ` · ${Math.round(rate)}/s`}`;
}

function spanWords({ mode, points, zoom, spanS }: Latency): string {
  if (zoom?.by === "time") return `${spanS < 10 ? spanS.toFixed(1) : Math.round(spanS)} s`;
  if (mode === "time") return `last ${windowS} s`;
  const [first, last] = [points[0], points[points.length - 1]];
  if (zoom && first && last) return `#${first.seq} to #${last.seq}`;
  return points.length === 1 ? "one request" : `last ${points.length} requests`;
}

function Filled({ latency, description }: { readonly latency: Latency; readonly description: string }) {
  const look = useLatencyChoice((choice) => choice.look);
  const selectedId = useSelection((selection) => selection.traceId);
  const select = useSelection((selection) => selection.select);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const { drawing, placed, spots, marks, shown, slots } = useMemo(() => pictureOf(latency, look), [latency, look]);
  const zoomBy = (left: number, right: number): void => {
    const zoom = zoomInto(shown, left, right, slots);
    if (zoom) zoomTo(zoom);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { zoom, all, mode, points } = latency;
    const seqs = all.map((point) => point.seq);
    // Round the point that has the focus, else the newer half: that is where things happen.
    const focus = placed.find(({ point }) => point.id === focusedId)?.left;
    const filled = mode === "points" ? points.length / slots : 1;
    const left = Math.max(0, Math.min(filled / 2, (focus ?? filled) - filled / 4));
    const whole = { requests: 100, from: Date.now() - windowS * 1000, to: Date.now() };
    if (event.key === "+" || event.key === "=") zoomBy(left, left + filled / 2);
    else if (event.key === "-" && zoom) zoomTo(widened(zoom, seqs, whole));
    else if ((event.key === "0" || event.key === "Escape") && zoom) zoomTo(null);
    else if (event.key === "ArrowLeft" && zoom) zoomTo(panned(zoom, -0.25, seqs, Date.now()));
    else if (event.key === "ArrowRight" && zoom) zoomTo(panned(zoom, 0.25, seqs, Date.now()));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label="Latency graph"
      aria-description={`${description}. Keys: plus and minus zoom, arrows move, 0 resets.`}
      className="latency-body"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys zoom and move
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Plot drawing={drawing}>
        <PlotLayer spots={spots} marks={marks} focusedId={focusedId} onSelect={select} onZoom={zoomBy}>
          <LatencyPoints
            points={placed}
            selectedId={selectedId}
            areBars={look === "phases" && latency.mode === "points"}
            onSelect={select}
            onFocus={setFocusedId}
          />
        </PlotLayer>
      </Plot>
      <Legend mode={latency.mode} look={look} hasMarks={marks.length > 0} hasLevels={drawing.levels.length > 0} />
    </div>
  );
}

interface LegendProps {
  readonly mode: "points" | "time";
  readonly look: Look;
  readonly hasMarks: boolean;
  readonly hasLevels: boolean;
}

function Legend({ mode, look, hasMarks, hasLevels }: LegendProps) {
  const lines =
    look === "phases"
      ? phaseKinds.map((kind) => [kind, phaseNames[kind]] as const)
      : mode === "time"
        ? (["p50", "p95", "p99"] as const).map((name) => [name, name] as const)
        : [];
  return (
    <p className="latency-legend">
      {lines.map(([line, words]) => (
        <span key={line} data-line={line}>
          {look === "phases" && "■ "}
          {words}
        </span>
      ))}
      <span className="ui-bad">● failure</span>
      {hasLevels && <span data-line="level">— p50</span>}
      {hasMarks && <span className="ui-dim">┆ save</span>}
    </p>
  );
}
