// What the graph shows, computed from the trace rows: the last 100 requests as points, or, above one request a second, the last
// minute with percentiles. Failures are never part of a percentile: a fast error is no fast answer.
import type { TraceRow } from "../../../server/contract/trace.js";
import { isFailed } from "../traces/trace-rows.js";
import type { SaveMark } from "./save-marks.js";

export const maxPoints = 100;
/** Length of the time axis, s. */
export const windowS = 60;
/** Rates are taken over so many seconds. */
const rateS = 10;
/** Each percentile is that of the requests of so many seconds before it. */
const smoothS = 5;

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
}

function pointOf(row: TraceRow): Point | null {
  return row.tookMs === null || row.outcome === null
    ? null
    : { id: row.id, seq: row.seq, startedAt: row.startedAt, tookMs: row.tookMs, status: row.status, outcome: row.outcome, isFailed: isFailed(row) };
}

/** The last requests that ended, oldest first; of one file, or of all (`file` null). Stops at `since` (Unix time, ms) or `bound`. */
export function lastPoints(rows: readonly TraceRow[], file: string | null, bound: number, since = 0): Point[] {
  const points: Point[] = [];
  for (let i = rows.length - 1; i >= 0 && points.length < bound; i--) {
    const row = rows[i];
    if (!row || row.startedAt < since) break;
    if (file !== null && row.file !== file) continue;
    const point = pointOf(row);
    if (point) points.push(point);
  }
  return points.reverse();
}

/** Requests per second over the last ten seconds before `now` (Unix time, ms). */
export function rateOf(points: readonly Pick<Point, "startedAt">[], now: number): number {
  let count = 0;
  for (let i = points.length - 1; i >= 0 && (points[i]?.startedAt ?? 0) > now - rateS * 1000; i--) count++;
  return count / rateS;
}

/** Points below one request a second, time above; the way back is at half of it, so that the graph does not flicker between them. */
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
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99), failed: points.length - times.length };
}

/** Percentiles at each second of the last minute; `x` is seconds before now (−60 to 0), null where nothing ended. */
export interface Lines {
  readonly x: readonly number[];
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
}
export function linesOf(points: readonly Point[], now: number): Lines {
  const buckets: number[][] = Array.from({ length: windowS + smoothS }, () => []);
  for (const point of points) {
    if (point.isFailed) continue;
    const age = Math.floor((now - point.startedAt) / 1000);
    buckets[Math.max(0, age)]?.push(point.tookMs);
  }
  const x: number[] = [];
  const lines: { p50: (number | null)[]; p95: (number | null)[]; p99: (number | null)[] } = { p50: [], p95: [], p99: [] };
  for (let age = windowS; age >= 0; age--) {
    const times = buckets
      .slice(age, age + smoothS)
      .flat()
      .sort((a, b) => a - b);
    x.push(0 - age);
    lines.p50.push(percentile(times, 0.5));
    lines.p95.push(percentile(times, 0.95));
    lines.p99.push(percentile(times, 0.99));
  }
  return { x, ...lines };
}

/** Where saves stand among points: `2.5` is between the third and the fourth. Each place once; saves before the first point are left out. */
export function markPlaces(marks: readonly SaveMark[], points: readonly Pick<Point, "startedAt">[], file: string | null): number[] {
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

/** The axis for times up to `longestMs`: three or four steps of 1, 2 or 5 times a power of ten, with a little room above. */
export function scaleFor(longestMs: number): Scale {
  const wanted = Math.max(0.1, longestMs * 1.06);
  const power = 10 ** Math.floor(Math.log10(wanted / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 4 >= wanted) ?? power * 10;
  return { step, top: Math.ceil(wanted / step) * step };
}
