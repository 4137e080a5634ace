// The latency graph: the last 100 requests of a script (or of all) as points, a dashed line at each save; above one
// request a second the last minute with percentiles. Drag or keys zoom; a click opens a trace.
import { useMemo } from "react";
import { leastFor } from "../../../server/contract/limits.js";
import { formatMs } from "../../format/duration.js";
import { scriptLabel } from "../../format/file-path.js";
import { formatTogether } from "../../format/short-duration.js";
import { enoughRequests, type Summary, summaryOf, windowS } from "../../model/traces/latency-series.js";
import { useRequests } from "../../model/traces/requests.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { showGraph } from "../../platform/layout-store.js";
import { idlePart, lazyPart } from "../../platform/lazy-part.js";
import { IconButton } from "../../ui/button.js";
import { ChevronDownIcon, CloseIcon } from "../../ui/icon.js";
import { MiddleEllipsis } from "../../ui/middle-ellipsis.js";
import { useLatencyChoice, zoomTo } from "./latency-state.js";
import { type Latency, shownPoints, useLatency } from "./use-latency.js";
import "./latency.css";

const LatencyBar = idlePart(async () => (await import("./latency-bar.js")).LatencyBar);
const LatencyBody = lazyPart(async () => (await import("./latency-body.js")).LatencyBody);

export function LatencyGraph() {
  const latency = useLatency();
  const { file, mode, points, zoom } = latency;
  const shown = useMemo(() => shownPoints(latency), [latency]);
  const summary = useMemo(() => summaryOf(shown), [shown]);
  const count = shown.length - summary.failed;
  const isStored = useLatencyChoice(({ reach }) => reach === "stored");
  // A stretch of time may be idle and is still a place to move on from.
  const isEmpty = points.length === 0 && zoom?.by !== "time" && !isStored;
  const leavesOut = useRequests(({ rows }) =>
    rows.some((row) => row.outcome !== null && (file ?? row.file) === row.file),
  );
  const name = file === null ? "all requests" : scriptLabel(file);
  const span = isStored ? "stored" : spanLabel(latency);
  const figures =
    isEmpty || isStored ? "" : figuresOf(summary, count, mode === "time" && zoom === null ? latency.rate : null);
  return (
    <section
      className="ui-pane latency"
      aria-label="Latency"
      data-mode={isEmpty ? "empty" : mode}
      data-zoomed={zoom !== null || undefined}
    >
      <h2
        className="ui-heading latency-heading"
        aria-label={isEmpty ? undefined : `Latency, ${name}, ${span}, ${figures}`}
      >
        <span className="latency-title" title={isEmpty ? undefined : `Latency, ${file ?? name}, ${span}`}>
          <span className="latency-title-name">
            Latency{isEmpty ? "" : ", "}
            {!isEmpty && <MiddleEllipsis text={name} title={null} />}
          </span>
          {!isEmpty && <span>, {span}</span>}
        </span>
        {zoom && (
          <IconButton
            label="Reset zoom"
            hint="Reset zoom (0)"
            className="latency-reset"
            onClick={() => zoomTo(null)}
            icon={CloseIcon}
          />
        )}
        <span className="ui-figures latency-figures">{figures}</span>
        <IconButton
          label="Fold the latency graph"
          className="latency-fold"
          onClick={() => showGraph(false)}
          icon={ChevronDownIcon}
        />
      </h2>
      <LatencyBar latency={latency} />
      {isEmpty ? (
        <div className="ui-empty">
          <p>
            {leavesOut
              ? "Held and slowed requests and WebSockets are not in the graph."
              : "The graph begins with the first response."}
          </p>
        </div>
      ) : (
        <LatencyBody
          latency={latency}
          description={`${name}, ${span}, ${figures}${summary.failed > 0 ? `, ${summary.failed} failed` : ""}`}
        />
      )}
    </section>
  );
}

function figuresOf({ p50, p95, p99, failed }: Summary, count: number, rate: number | null): string {
  if (p50 === null || p95 === null || p99 === null) return failed === 0 ? "no requests" : "no successful request yet";
  if (p50 === p99 && rate === null) return formatMs(p50);
  const figures = [
    count < enoughRequests ? (["at most", p99] as const) : (["p50", p50] as const),
    ...(count < leastFor.p95 ? [] : [["p95", p95] as const]),
    ...(count < leastFor.p99 ? [] : [["p99", p99] as const]),
  ];
  const times = formatTogether(figures.map(([, ms]) => ms));
  const words = figures.map(([name], index) => `${name} ${times[index]}`).join(" · ");
  return `${words}${rate === null ? "" : ` · ${Math.round(rate)}/s`}`;
}

function spanLabel({ mode, points, zoom, spanS, end }: Latency): string {
  if (zoom?.by === "time") return `${spanS < 10 ? spanS.toFixed(1) : Math.round(spanS)} s`;
  if (mode === "time") return `last ${knownSeconds(end)} s`;
  const first = points[0];
  const last = points[points.length - 1];
  if (zoom && first && last) return `#${first.seq} to #${last.seq}`;
  return points.length === 1 ? "one request" : `last ${points.length} requests`;
}

/** At a high rate the window does not know all requests of the minute. */
function knownSeconds(end: number): number {
  const { rows, missed, forgotten } = useTraceStore.getState(); // as often as the graph itself
  const oldest = missed + forgotten > 0 ? (rows.find(({ pinned }) => !pinned)?.startedAt ?? end) : 0;
  return Math.max(1, Math.min(windowS, Math.ceil((end - oldest) / 1000)));
}
