// What the graph draws of its points: percentiles at each step of time, the places of saves, and the axis.
import { type Point, percentile, smoothSteps, windowS } from "../../model/traces/latency-series.js";
import type { SaveMark } from "../../model/traces/save-marks.js";

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
