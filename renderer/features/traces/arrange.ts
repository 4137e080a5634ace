// The rows as the list shows them: those that pass the filter, pinned ones first, newest first or sorted by a column; behind the live ones
// those that came from the store, with a line where each earlier run begins. Left as they come (the usual case, and hundreds of new ones a
// second) nothing is copied.
import type { TraceRow } from "../../../server/contract/trace.js";
import { isRun, type OlderItem, type RunLine } from "../../model/traces/stored-rows.js";
import { type ColumnKey, columnOf } from "./columns.js";
import type { RowTest } from "./filter/row-test.js";

export interface Sort {
  readonly column: ColumnKey;
  readonly direction: "ascending" | "descending";
}

export interface Arranged {
  /** Of rows and lines. */
  readonly count: number;
  /** By its place, from the top; undefined: there is a line, or nothing. */
  at(index: number): TraceRow | undefined;
  runAt(index: number): RunLine | undefined;
  /** −1 when it is not there. */
  indexOf(id: string): number;
  /** Where a row that may be gone is or was, among those that came after it; null when that means nothing in this order. */
  placeOf(row: TraceRow): number | null;
  /** Live rows newer than the one of this number; they are above all others, unless the list is sorted: then none counts. */
  newerThan(seq: number): number;
}

const none: readonly OlderItem[] = [];

/** `rows`: live ones, oldest first, by sequence number. `older`: from the store, as they are shown; the filter has chosen them. */
export function arrange(
  rows: readonly TraceRow[],
  test: RowTest | null,
  sort: Sort | null,
  older: readonly OlderItem[] = none,
): Arranged {
  const compare = sort && columnOf(sort.column)?.compare;
  const hasPinned = rows.some(({ pinned }) => pinned) || older.some((item) => !isRun(item) && item.pinned);
  if (!test && !compare && !hasPinned) return asTheyCame(rows, older);
  const live = (test ? rows.filter(test) : [...rows]).reverse();
  const list: OlderItem[] = compare ? sorted([...live, ...rowsOf(older)], sort, compare) : [...live, ...older];
  const pinned = list.filter((item) => !isRun(item) && item.pinned);
  const shown =
    pinned.length === 0 ? list : withoutIdleLines([...pinned, ...list.filter((item) => isRun(item) || !item.pinned)]);
  const placed = places(shown);
  return {
    count: shown.length,
    at: (index) => rowAt(shown, index),
    runAt: (index) => runAt(shown, index),
    indexOf: (id) => placed().get(id) ?? -1,
    placeOf: ({ id }) => placed().get(id) ?? null,
    newerThan: (seq) => (compare ? 0 : live.reduce((count, row) => (row.seq > seq ? count + 1 : count), 0)),
  };
}

const rowsOf = (items: readonly OlderItem[]): TraceRow[] => items.flatMap((item) => (isRun(item) ? [] : item));

function sorted(rows: TraceRow[], sort: Sort, compare: (a: TraceRow, b: TraceRow) => number): TraceRow[] {
  // Equal ones stay newest first, in both directions.
  return rows.sort(sort.direction === "ascending" ? compare : (a, b) => compare(b, a));
}

/** A run of which all rows are pinned has none below its line. */
const withoutIdleLines = (items: readonly OlderItem[]): OlderItem[] =>
  items.filter((item, index) => {
    const next = items[index + 1];
    return !isRun(item) || (next !== undefined && !isRun(next));
  });

function rowAt(items: readonly OlderItem[], index: number): TraceRow | undefined {
  const item = items[index];
  return item === undefined || isRun(item) ? undefined : item;
}

function runAt(items: readonly OlderItem[], index: number): RunLine | undefined {
  const item = items[index];
  return item !== undefined && isRun(item) ? item : undefined;
}

const knownPlaces = new WeakMap<readonly OlderItem[], ReadonlyMap<string, number>>();

/** The places of the rows by their id, once they are asked for. */
const places = (items: readonly OlderItem[]) => (): ReadonlyMap<string, number> => {
  const known = knownPlaces.get(items);
  if (known) return known;
  const made = new Map<string, number>();
  items.forEach((item, index) => {
    if (!isRun(item)) made.set(item.id, index);
  });
  knownPlaces.set(items, made);
  return made;
};

function asTheyCame(rows: readonly TraceRow[], older: readonly OlderItem[]): Arranged {
  const live = rows.length;
  const placed = places(older);
  /** How many rows are newer than this number. */
  const newer = (seq: number): number => {
    let low = 0;
    let high = live;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return live - low;
  };
  const olderPlace = (id: string): number | null => {
    const place = older.length === 0 ? undefined : placed().get(id);
    return place === undefined ? null : live + place;
  };
  return {
    count: live + older.length,
    at: (index) => (index < live ? rows[live - 1 - index] : rowAt(older, index - live)),
    runAt: (index) => (index < live ? undefined : runAt(older, index - live)),
    indexOf: (id) => {
      for (let i = live - 1; i >= 0; i--) if (rows[i]?.id === id) return live - 1 - i;
      return olderPlace(id) ?? -1;
    },
    placeOf: ({ id, seq }) => olderPlace(id) ?? newer(seq),
    newerThan: newer,
  };
}
