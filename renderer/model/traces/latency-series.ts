// What the graph is about, computed from the trace rows: the last 100 requests as points, or, above one request a
// second, the last minute.
import { isFailed } from "../../../server/contract/failure.js";
import type { TraceRow } from "../../../server/contract/trace.js";

export const maxPoints = 100;
/** Length of the time axis, s. */
export const windowS = 60;
/** Rates are taken over so many seconds. */
const rateS = 10;
/** A request that began later than this after now, ms, began before the clock was set back. */
const aheadMs = 1000;
/** Each percentile covers the requests of this many steps before it; in the last minute a step is a second. */
export const smoothSteps = 5;
/** With fewer answers the median is chance. */
export const enoughRequests = 5;

type RowFacts = "id" | "seq" | "startedAt" | "status" | "outcome" | "method" | "target" | "timing" | "fastcgi" | "mode";

/** A request that ended, as the graph needs it. */
export interface Point extends Readonly<Pick<TraceRow, RowFacts>> {
  readonly tookMs: number;
  readonly isFailed: boolean;
}

function pointOf(row: TraceRow): Point | null {
  const { tookMs, outcome } = row;
  return tookMs === null || outcome === null ? null : { ...row, tookMs, isFailed: isFailed(row) };
}

/**
 * The last requests that ended, oldest first; of one file, or of all (`file` null). At most `bound`, none that began
 * before `since` (Unix time, ms): one that another process stored may be among later ones.
 */
export function lastPoints(rows: readonly TraceRow[], file: string | null, bound: number, since = 0): Point[] {
  const points: Point[] = [];
  for (let i = rows.length - 1; i >= 0 && points.length < bound; i--) {
    const row = rows[i];
    if (!row || row.startedAt < since || (file !== null && row.file !== file)) continue;
    const point = pointOf(row);
    if (point) points.push(point);
  }
  return points.reverse();
}

/** Whether a time (Unix time, ms) is one of the past; false: the clock was set back since. */
export const isPast = (at: number, now: number): boolean => at <= now + aheadMs;

/** Requests per second over the last ten seconds before `now` (Unix time, ms). */
export function rateOf(points: readonly Pick<Point, "startedAt">[], now: number): number {
  let count = 0;
  for (const { startedAt } of points) if (startedAt > now - rateS * 1000 && isPast(startedAt, now)) count++;
  return count / rateS;
}

/**
 * Points below one request a second, time above; the way back is at half of it, so that
 * the graph does not flicker between them.
 */
export function modeFor(before: "points" | "time", rate: number): "points" | "time" {
  return rate > 1 ? "time" : rate < 0.5 ? "points" : before;
}

/** The `share`-th percentile (0 to 1) of ascending numbers, by nearest rank; null when there are none. */
export function percentile(ascending: readonly number[], share: number): number | null {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? null;
}

export interface Summary {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly failed: number;
}
export function summaryOf(points: readonly Point[]): Summary {
  const times = points.flatMap((point) => (point.isFailed ? [] : point.tookMs)).sort((a, b) => a - b);
  return {
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    failed: points.length - times.length,
  };
}
