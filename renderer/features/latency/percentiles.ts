// Which percentiles of stored requests are shown: of a few requests a high one is little else than the slowest of them.
import type { StoredFigures } from "../../../server/contract/figures-contract.js";
import { leastFor } from "../../../server/contract/limits.js";
import { formatMs } from "../../format/duration.js";

export type Percentile = "p50" | "p95" | "p99";
type Figures = Pick<StoredFigures, "requests" | "failed" | "p50Ms" | "p95Ms" | "p99Ms">;

/** ms; null: there are too few requests without a failure. */
export function shownPercentiles(figures: Figures): Readonly<Record<Percentile, number | null>> {
  const { requests, failed, p50Ms, p95Ms, p99Ms } = figures;
  const count = requests - failed;
  return { p50: p50Ms, p95: count < leastFor.p95 ? null : p95Ms, p99: count < leastFor.p99 ? null : p99Ms };
}

/** "p50 4.1 ms" and so on, of those that are shown. */
export const percentileWords = (figures: Figures): string[] =>
  Object.entries(shownPercentiles(figures)).flatMap(([name, ms]) => (ms === null ? [] : `${name} ${formatMs(ms)}`));
