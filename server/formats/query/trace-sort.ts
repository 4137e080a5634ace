// Rows in the order of a column, as the store puts them in order (server/store/store-order.ts).
import type { TraceRow } from "../../contract/trace.js";
import {
  compareKeys,
  outcomeNames,
  type SortColumn,
  type SortKey,
  type TraceOrder,
} from "../../contract/trace-order.js";
import { ranName, ranOf } from "./filter-values.js";

const keys: Readonly<Record<SortColumn, (row: TraceRow) => SortKey>> = {
  seq: ({ seq }) => seq,
  time: ({ startedAt }) => startedAt,
  method: ({ method }) => method,
  path: ({ target }) => target,
  mode: (row) => ranName(ranOf(row)),
  status: ({ status, outcome }) =>
    status ?? (outcome === "ok" ? -1 : outcome === null ? "running" : outcomeNames[outcome]),
  size: ({ responseBytes }) => responseBytes,
  took: ({ tookMs }) => tookMs ?? Number.POSITIVE_INFINITY,
};

/** What the order compares of a row. */
export const keyOf = (row: TraceRow, { column }: TraceOrder): SortKey => keys[column](row);

/** Of equal ones the newest is first, in both directions. */
export function inOrder(rows: readonly TraceRow[], order: TraceOrder): TraceRow[] {
  const way = order.isDescending ? -1 : 1;
  return rows.toSorted((a, b) => way * compareKeys(keyOf(a, order), keyOf(b, order)) || b.seq - a.seq);
}
