// Durations as people read them, always with a unit: one decimal below a second, two
// above; in a short column, as many as it takes.

/** Milliseconds as text: `0.04 ms`, `23.4 ms`, `1.25 s`, `2 min 05 s`. */
export function formatMs(ms: number): string {
  if (ms < 0) return `−${formatMs(-ms)}`;
  if (ms > 0 && ms < 0.095) return `${ms.toFixed(2)} ms`;
  if (ms < 999.95) return `${ms.toFixed(1)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/**
 * For a column of moments on one axis that ends at `endMs`: all with the same decimals, so that neighbours differ
 * visibly.
 */
export function formatMsWithin(ms: number, endMs: number): string {
  return endMs < 10 ? `${ms.toFixed(2)} ms` : endMs < 999.95 ? `${ms.toFixed(1)} ms` : formatMs(ms);
}

/** As `formatMs`; a dash when the moment never came. */
export function formatMsOrDash(ms: number | null): string {
  return ms === null ? "–" : formatMs(ms);
}
