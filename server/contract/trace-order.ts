// What lists of traces are sorted by, the same in the window and in the store: numbers before texts, texts by ASCII
// letters in either case. Traces that are equal stay newest first.
import { foldAscii } from "./fold-ascii.js";

export const sortColumns = ["seq", "time", "method", "path", "mode", "status", "size", "took"] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface TraceOrder {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

/** The list's own order: by numbers, which requests get when they begin. */
export const newestFirst: TraceOrder = { column: "seq", isDescending: true };

export type SortKey = number | string;

/** Less than 0: `a` comes first. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === "number") return typeof b === "number" ? (a < b ? -1 : a > b ? 1 : 0) : -1;
  if (typeof b === "number") return 1;
  const one = foldAscii(a);
  const other = foldAscii(b);
  return one < other ? -1 : one > other ? 1 : 0;
}

/** How a request ended, in two words at most. */
export const outcomeNames = {
  ok: "ok",
  "invalid-output": "invalid output",
  crashed: "crashed",
  timeout: "timed out",
  "client-gone": "client left",
  stopped: "stopped",
  "queue-full": "queue full",
  "spawn-error": "did not start",
  "bad-request": "bad request",
  "upstream-error": "upstream error",
} as const;
