// How many requests to a script are known and how long half of them took at most: above the script, and where its graph
// is folded.
import { isFailed } from "../../../server/contract/failure.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { formatShort } from "../../format/short-duration.js";
import { formatCount } from "../../format/size.js";
import { enoughRequests, lastPoints, maxPoints, summaryOf } from "./latency-series.js";

/**
 * The p50 is of the last hundred requests, without those that were held and without connections, whose time is not the
 * script's. `file` null: of all requests. `isCut`: older requests may exist.
 */
export function requestLabel(rows: readonly TraceRow[], file: string | null, isCut = false): string {
  const ended = rows.filter((row) => (file ?? row.file) === row.file && row.outcome !== null);
  if (ended.length === 0) return isCut ? "no recent request" : "no response yet";
  const points = lastPoints(ended, file, maxPoints);
  const { p50, failed } = summaryOf(points);
  const count = ended.length === 1 && !isCut ? "1 request" : `${formatCount(ended.length)}${isCut ? "+" : ""} requests`;
  if (p50 !== null) return points.length - failed < enoughRequests ? count : `${count} · p50 ${formatShort(p50)}`;
  return ended.every(isFailed) ? `${count} · no successful request yet` : count;
}
