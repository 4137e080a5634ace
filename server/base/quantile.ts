/** The smallest of the sorted values that at least this share of them does not exceed; 0 without values. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
