// What the graph shows, computed from the trace rows: the last 100 requests as points, or, above one request a
// second, the last minute with percentiles.
import { isFailed } from "../../../server/contract/failure.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { SaveMark } from "./save-marks.js";

export const maxPoints = 100;
/** Length of the time axis, s. */
export const windowS = 60;
/** Rates are taken over so many seconds. */
const rateS = 10;
/** A request that began later than this after now, ms, began before the clock was set back. */
const aheadMs = 1000;
/** Each percentile covers the requests of this many steps before it; in the last minute a step is a second. */
export const smoothSteps = 5;

/** A request that ended, as the graph needs it. */
export interface Point {
  readonly id: string;
  readonly seq: number;
  /** Unix time in ms. */
  readonly startedAt: number;
  readonly tookMs: number;
  readonly status: number | null;
  readonly outcome: TraceRow["outcome"];
  readonly isFailed: boolean;
  readonly method: string;
  readonly target: string;
  readonly timing: TraceRow["timing"];
  readonly fastcgi: TraceRow["fastcgi"];
  readonly mode: TraceRow["mode"];
}

function pointOf(row: TraceRow): Point | null {
  const { id, seq, startedAt, tookMs, status, outcome, method, target, timing, fastcgi, mode } = row;
  if (tookMs === null || outcome === null) return null;
  return {
    id,
    seq,
    startedAt,
    tookMs,
    status,
    outcome,
    isFailed: isFailed(row),
    method,
    target,
    timing,
    fastcgi,
    mode,
  };
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

/**
 * Time in steps: `x` is seconds before the end (−60 to 0), `points` are those of
 * the five steps before it that did not fail.
 */
export interface TimeStep {
  readonly x: number;
  readonly points: readonly Point[];
}
/** The last `spanS` seconds before `end` (Unix time, ms) in sixty steps. */
export function timeSteps(points: readonly Point[], end: number, spanS = windowS): TimeStep[] {
  const stepS = spanS / windowS;
  const buckets: Point[][] = Array.from({ length: windowS + smoothSteps }, () => []);
  for (const point of points) {
    if (point.isFailed || point.startedAt > end) continue;
    buckets[Math.floor((end - point.startedAt) / 1000 / stepS)]?.push(point);
  }
  return Array.from({ length: windowS + 1 }, (_, index) => {
    const age = windowS - index;
    return { x: 0 - age * stepS, points: buckets.slice(age, age + smoothSteps).flat() };
  });
}

/** Percentiles at each step; null where nothing ended. */
export interface Lines {
  readonly x: readonly number[];
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
}
export function linesOf(steps: readonly TimeStep[]): Lines {
  const times = steps.map((step) => step.points.map((point) => point.tookMs).sort((a, b) => a - b));
  const at = (share: number): (number | null)[] => times.map((sorted) => percentile(sorted, share));
  return { x: steps.map((step) => step.x), p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/**
 * Where saves stand among points: `2.5` is between the third and the fourth. Each place once;
 * saves before the first point are left out.
 */
export function markPlaces(
  marks: readonly SaveMark[],
  points: readonly Pick<Point, "startedAt">[],
  file: string | null,
): number[] {
  const places = new Set<number>();
  for (const mark of marks) {
    if (file !== null && mark.file !== file) continue;
    const next = points.findIndex((point) => point.startedAt >= mark.at);
    const place = (next === -1 ? points.length : next) - 0.5;
    if (place > 0) places.add(place);
  }
  return [...places].sort((a, b) => a - b);
}

/** An axis from 0 to `top` with round steps, ms. */
export interface Scale {
  readonly top: number;
  readonly step: number;
}

/**
 * The axis for times up to `longestMs`: three or four steps of 1, 2 or 5 times
 * a power of ten, with a little room above.
 */
export function scaleFor(longestMs: number): Scale {
  const wanted = Math.max(0.1, longestMs * 1.06);
  const power = 10 ** Math.floor(Math.log10(wanted / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 4 >= wanted) ?? power * 10;
  return { step, top: Math.ceil(wanted / step) * step };
}
