// How many requests to a script are known, and how long half of them took at most, in words.
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { formatShort } from "../../format/short-duration.js";
import { formatCount } from "../../format/size.js";
import { lastPoints, maxPoints, summaryOf } from "../../model/traces/latency-series.js";

/** Shows the p50 of the last hundred requests, as the graph does. `isCut`: older requests may exist. */
export function requestLabel(rows: readonly TraceRow[], path: string, isCut = false): string {
  const points = lastPoints(rows, path, maxTraces);
  if (points.length === 0) return isCut ? "no recent request" : "no request yet";
  const { p50 } = summaryOf(points.slice(-maxPoints));
  const count =
    points.length === 1 && !isCut ? "1 request" : `${formatCount(points.length)}${isCut ? "+" : ""} requests`;
  return p50 === null ? `${count} · no successful request yet` : `${count} · p50 ${formatShort(p50)}`;
}
