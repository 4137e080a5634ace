// How many requests to a script are known, and how long half of them took at most, in words.
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { formatShort } from "../../format/short-duration.js";
import { formatCount } from "../../format/size.js";
import { lastPoints, maxPoints, summaryOf } from "../../model/traces/latency-series.js";

/** As in the graph: the p50 of the last hundred requests. */
export function requestLabel(rows: readonly TraceRow[], path: string): string {
  const points = lastPoints(rows, path, maxTraces);
  if (points.length === 0) return "no request yet";
  const { p50 } = summaryOf(points.slice(-maxPoints));
  const count = points.length === 1 ? "1 request" : `${formatCount(points.length)} requests`;
  return p50 === null ? `${count} · no successful request yet` : `${count} · p50 ${formatShort(p50)}`;
}
