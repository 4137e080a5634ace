// The graph folded to a line: how long the last request took, its neighbours as a small
// curve, how many there are, and the middle. A press unfolds it.
import { useMemo } from "react";
import { formatMs } from "../../format/duration.js";
import { scriptLabel } from "../../format/file-path.js";
import { requestLabel } from "../../model/traces/request-label.js";
import { useRequests } from "../../model/traces/requests.js";
import { showGraph } from "../../platform/layout-store.js";
import { ChevronUpIcon } from "../../ui/icon.js";
import { shownPoints, useLatency } from "./use-latency.js";
import "./latency.css";

/** Differences below this share of the longest are noise and stay small. */
const noise = 0.2;

export function sparkline(times: readonly number[]): readonly number[] {
  const longest = Math.max(0, ...times);
  const shortest = Math.min(longest, ...times);
  const span = Math.max(longest - shortest, longest * noise);
  if (span === 0) return times.map(() => 0.5);
  const below = (span - (longest - shortest)) / 2;
  return times.map((time) => (time - shortest + below) / span);
}

/** As many requests as the curve shows. */
const shown = 30;

export function LatencyLine() {
  const latency = useLatency();
  const { file, mode } = latency;
  const points = useMemo(() => shownPoints(latency), [latency]);
  const last = points.slice(-shown);
  const newest = points[points.length - 1];
  const name = file === null ? "all requests" : scriptLabel(file);
  const { rows, isCut } = useRequests.getState(); // as often as the graph itself
  return (
    <section
      className="latency-line"
      aria-label="Latency"
      data-mode={newest === undefined ? "empty" : mode}
      data-folded
    >
      <button
        type="button"
        aria-expanded={false}
        title={`Latency, ${name}: open the graph`}
        onClick={() => showGraph(true)}
      >
        <b>Latency</b>
        {newest !== undefined && (
          <>
            <Curve
              heights={sparkline(last.map(({ tookMs }) => tookMs))}
              failed={last.map(({ isFailed }) => isFailed)}
            />
            <span className={newest.isFailed ? "ui-bad" : undefined}>
              {newest.isFailed && "✕ "}
              {formatMs(newest.tookMs)}
            </span>
          </>
        )}
        <span className="ui-dim ui-cut">{requestLabel(rows, file, isCut)}</span>
        <span className="ui-spacer" />
        <ChevronUpIcon className="ui-dim" />
      </button>
    </section>
  );
}

const curveHeight = 14;
const stepPx = 8;
const leastWidth = 40;

interface CurveProps {
  /** Of each point, 0 to 1. */
  readonly heights: readonly number[];
  readonly failed: readonly boolean[];
}

function Curve({ heights, failed }: CurveProps) {
  const step = Math.min(stepPx * 2, Math.max(3, 80 / Math.max(1, heights.length - 1)));
  const width = Math.max(leastWidth, (heights.length - 1) * step + 6);
  const place = (index: number): { readonly x: number; readonly y: number } => ({
    x: 3 + index * step,
    y: 3 + (1 - (heights[index] ?? 0)) * (curveHeight - 6),
  });
  const line = heights.map((_, index) => `${place(index).x},${place(index).y}`).join(" ");
  const dots = heights.length <= 8 ? heights.map((_, index) => index) : [heights.length - 1];
  return (
    <svg className="latency-curve" width={width} height={curveHeight} aria-hidden="true">
      <polyline points={line} />
      {[...new Set([...dots, ...failed.flatMap((isFailed, index) => (isFailed ? index : []))])].map((index) => (
        <circle key={index} cx={place(index).x} cy={place(index).y} r={2} data-failed={failed[index] || undefined} />
      ))}
    </svg>
  );
}
