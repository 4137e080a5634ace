// Figures of a measurement as people read them.
import type { BenchFigures } from "../../../server/contract/command-output.js";
import { leastFor } from "../../../server/contract/limits.js";
import { formatMs } from "../../format/duration.js";
import { formatCount } from "../../format/size.js";

/** A rate: `0.968`, `27.4`, `468`, `4,920`. */
export const formatRate = (perSecond: number): string =>
  perSecond < 100 ? perSecond.toPrecision(3) : formatCount(Math.round(perSecond));

/** A ratio: `0.94×`, `3.2×`, `17×`, `180×`. */
export const formatTimes = (times: number): string =>
  `${times < 10 ? times.toFixed(times < 2 ? 2 : 1) : formatCount(Math.round(times))}×`;

/** A large count in words: `812`, `40,400`, `81.2 million`. */
export function formatMany(count: number): string {
  if (count < 1e6) return formatCount(Math.round(count));
  const [value, unit] = count < 1e9 ? [count / 1e6, "million"] : [count / 1e9, "billion"];
  return `${value < 100 ? value.toFixed(1) : formatCount(Math.round(value))} ${unit}`;
}

/** A response time; null: no request was answered. */
export const formatTime = ({ requests }: Pick<BenchFigures, "requests">, ms: number): string | null =>
  requests === 0 ? null : formatMs(ms);

/** Of fewer requests the quantile is not told from the slowest one. */
export const isEnoughFor = (name: keyof typeof leastFor, { requests }: Pick<BenchFigures, "requests">): boolean =>
  requests >= leastFor[name];

/** A quantile of the response times; null: of too few requests, or not measured. */
export const formatQuantile = (
  name: keyof typeof leastFor,
  figures: Pick<BenchFigures, "requests">,
  ms: number | null,
): string | null => (ms !== null && isEnoughFor(name, figures) ? formatMs(ms) : null);

/** A part of a whole: `0 %`, `87 %`; null: not known. */
export const formatShare = (share: number | null): string | null =>
  share === null ? null : `${Math.round(100 * share)} %`;
