// The rows as the list shows them: those that pass the filter, pinned ones first, newest first or sorted by a column. Left as they come
// (the usual case, and hundreds of new ones a second) nothing is copied.
import type { TraceRow } from "../../../server/contract/trace.js";
import { type ColumnKey, columnOf } from "./columns.js";
import type { RowTest } from "./filter/row-test.js";

export interface Sort {
  readonly column: ColumnKey;
  readonly direction: "ascending" | "descending";
}

export interface Arranged {
  readonly count: number;
  /** By its place, from the top. */
  at(index: number): TraceRow | undefined;
  /** −1 when it is not there. */
  indexOf(id: string): number;
  /** Where a row that may be gone is or was, among those that came after it; null when that means nothing in this order. */
  placeOf(row: TraceRow): number | null;
  /** Rows newer than the one of this number; they are above all others, unless the list is sorted: then none counts. */
  newerThan(seq: number): number;
}

/** `rows`: oldest first, by sequence number. */
export function arrange(rows: readonly TraceRow[], test: RowTest | null, sort: Sort | null): Arranged {
  const compare = sort && columnOf(sort.column)?.compare;
  if (!test && !compare && !rows.some(({ pinned }) => pinned)) return asTheyCame(rows);
  const shown = (test ? rows.filter(test) : [...rows]).reverse();
  // Equal ones stay newest first, in both directions.
  if (compare) shown.sort(sort.direction === "ascending" ? compare : (a, b) => compare(b, a));
  const pinned = shown.filter((row) => row.pinned);
  const list = pinned.length === 0 ? shown : [...pinned, ...shown.filter((row) => !row.pinned)];
  return {
    count: list.length,
    at: (index) => list[index],
    indexOf: (id) => list.findIndex((row) => row.id === id),
    placeOf: ({ id }) => {
      const index = list.findIndex((row) => row.id === id);
      return index < 0 ? null : index;
    },
    newerThan: (seq) => (compare ? 0 : list.reduce((count, row) => (row.seq > seq ? count + 1 : count), 0)),
  };
}

function asTheyCame(rows: readonly TraceRow[]): Arranged {
  const count = rows.length;
  /** How many rows are newer than this number. */
  const newer = (seq: number): number => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return count - low;
  };
  return {
    count,
    at: (index) => rows[count - 1 - index],
    indexOf: (id) => {
      for (let i = count - 1; i >= 0; i--) if (rows[i]?.id === id) return count - 1 - i;
      return -1;
    },
    placeOf: ({ seq }) => newer(seq),
    newerThan: newer,
  };
}
