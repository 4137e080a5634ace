// The graph's figures in words: short, with the unit written once where all have the same. From a second on they are
// seconds.

const isSeconds = (ms: number): boolean => ms >= 999.5;
const digits = (ms: number): string =>
  isSeconds(ms)
    ? (ms / 1000).toFixed(ms < 99_995 ? 2 : 0)
    : ms >= 9.95
      ? ms.toFixed(0)
      : ms.toFixed(ms >= 0.995 ? 1 : 2);
const unit = (ms: number): string => (isSeconds(ms) ? "s" : "ms");

/** `23 ms`, `4.2 ms`, `1.24 s`. */
export const formatShort = (ms: number): string => `${digits(ms)} ${unit(ms)}`;

/** A text for each; the unit follows the last of those that share it: 23, 31 and 48 ms; 23 ms, 1.02 and 1.24 s. */
export function formatTogether(all: readonly number[]): string[] {
  return all.map((ms, index) => {
    const next = all[index + 1];
    return next !== undefined && isSeconds(next) === isSeconds(ms) ? digits(ms) : formatShort(ms);
  });
}
