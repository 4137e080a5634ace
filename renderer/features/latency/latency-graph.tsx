// The latency graph: the last 100 requests of a script as points, each opening its trace, a dashed line at each save; above one
// request a second the last minute with percentiles.
import { useMemo } from "react";
import { useSelection } from "../../app/selection.js";
import { LatencyPoints, type PlacedPoint } from "./latency-points.js";
import { type Drawing, Plot } from "./plot.js";
import { useSaveMarks } from "./save-marks.js";
import { linesOf, markPlaces, maxPoints, type Point, scaleFor, summaryOf, windowS } from "./series.js";
import { type Latency, useLatency } from "./use-latency.js";
import "./latency.css";

/** Failures shown as points over the percentiles, at most. */
const maxFailures = 100;

export function LatencyGraph() {
  const latency = useLatency();
  const { file, mode, points, rate } = latency;
  const summary = summaryOf(points);
  const isEmpty = points.length === 0;
  const name = file === null ? "" : `, ${file.slice(file.lastIndexOf("/") + 1)}`;
  const span = mode === "time" ? `last ${windowS} s` : points.length === 1 ? "one request" : `last ${points.length} requests`;
  const { p50, p95, p99 } = summary;
  const figures =
    p50 === null || p95 === null || p99 === null
      ? isEmpty
        ? ""
        : "no successful run yet"
      : `p50 ${short(p50)} · p95 ${short(p95)} · p99 ${short(p99)} ms${mode === "time" ? ` · ${Math.round(rate)}/s` : ""}`;
  return (
    <section className="latency" aria-label="Latency" data-mode={isEmpty ? "empty" : mode}>
      <h2 className="ui-heading latency-heading">
        <span className="ui-cut" title={file ?? undefined}>
          Latency{name}
          {!isEmpty && `, ${span}`}
        </span>
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
        <Filled latency={latency} description={`${span}, ${figures}${summary.failed > 0 ? `, ${summary.failed} failed` : ""}`} />
      )}
    </section>
  );
}

const short = (ms: number): string => (ms >= 10 ? ms.toFixed(0) : ms.toFixed(1));

function Filled({ latency, description }: { readonly latency: Latency; readonly description: string }) {
  const marks = useSaveMarks((state) => state.marks);
  const selectedId = useSelection((selection) => selection.traceId);
  const select = useSelection((selection) => selection.select);
  const { plot, placed } = useMemo(() => (latency.mode === "time" ? timePlot(latency, marks) : pointPlot(latency, marks)), [latency, marks]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label="Latency graph" aria-description={description} className="latency-body">
      <Plot drawing={plot}>
        <LatencyPoints points={placed} selectedId={selectedId} onSelect={select} />
      </Plot>
      <Legend mode={latency.mode} hasMarks={plot.marks.length > 0} />
    </div>
  );
}

interface Picture {
  readonly plot: Drawing;
  readonly placed: readonly PlacedPoint[];
}

function pointPlot({ points, file }: Latency, marks: Parameters<typeof markPlaces>[0]): Picture {
  const scale = scaleFor(Math.max(...points.map((point) => point.tookMs)));
  // Few points stand at the left and grow to the right; the axis is never narrower than ten.
  const end = Math.max(10, points.length) - 0.5;
  const xRange = [-0.5, end] as const;
  const place = (point: Point, index: number): PlacedPoint => ({ point, left: (index + 0.5) / (end + 0.5), bottom: point.tookMs / scale.top });
  const every = Math.max(1, Math.ceil(points.length / 6));
  const labels = points.flatMap((point, index) => ((points.length - 1 - index) % every === 0 ? [{ at: index, text: `#${point.seq}` }] : []));
  return {
    plot: {
      x: points.map((_, index) => index),
      lines: [{ label: "took", colour: "--line", widthPx: 1, y: points.map((point) => (point.isFailed ? null : point.tookMs)) }],
      xRange,
      scale,
      labels,
      marks: markPlaces(marks, points, file),
    },
    placed: points.slice(-maxPoints).map(place),
  };
}

function timePlot({ points, now, file }: Latency, marks: Parameters<typeof markPlaces>[0]): Picture {
  const lines = linesOf(points, now);
  const ago = (at: number): number => (at - now) / 1000;
  const failures = points.filter((point) => point.isFailed && ago(point.startedAt) >= -windowS).slice(-maxFailures);
  const scale = scaleFor(Math.max(...lines.p99.map((ms) => ms ?? 0), ...failures.map((point) => point.tookMs)));
  return {
    plot: {
      x: lines.x,
      lines: [
        { label: "p99", colour: "--c3", widthPx: 1.5, y: lines.p99 },
        { label: "p95", colour: "--c4", widthPx: 1.5, y: lines.p95 },
        { label: "p50", colour: "--c1", widthPx: 2, y: lines.p50 },
      ],
      xRange: [-windowS, 0],
      scale,
      labels: [
        { at: -windowS, text: `−${windowS} s` },
        { at: -windowS / 2, text: `−${windowS / 2} s` },
        { at: 0, text: "now" },
      ],
      marks: marks.flatMap((mark) => ((file === null || mark.file === file) && ago(mark.at) >= -windowS ? [ago(mark.at)] : [])),
    },
    placed: failures.map((point) => ({ point, left: Math.min(1, (ago(point.startedAt) + windowS) / windowS), bottom: point.tookMs / scale.top })),
  };
}

function Legend({ mode, hasMarks }: { readonly mode: "points" | "time"; readonly hasMarks: boolean }) {
  return (
    <p className="latency-legend">
      {mode === "time" && (
        <>
          <span data-line="p50">p50</span>
          <span data-line="p95">p95</span>
          <span data-line="p99">p99</span>
        </>
      )}
      <span className="ui-bad">● failure</span>
      {hasMarks && <span className="ui-dim">┆ save</span>}
      <span className="ui-dim latency-hint">click a point to open its trace</span>
    </p>
  );
}
