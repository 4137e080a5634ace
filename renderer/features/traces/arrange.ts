// The rows as the list shows them: those that pass the filter, pinned ones first, newest first or sorted by a
// column; behind the live ones those that came from the store, with a line where each earlier run begins. Of the
// stored ones a stretch is there; above and below it are places without a row. Left as they come (the usual case,
// and hundreds of new ones a second) nothing is copied.
import type { TraceRow } from "../../../server/contract/trace.js";
import { isRun, noOlder, type Older, type OlderItem, type RunLine } from "../../model/traces/stored-rows.js";
import type { Ranks } from "../../model/traces/stored-stretch.js";
import { type ColumnKey, columnOf } from "./columns.js";
import type { RowTest } from "./filter/row-test.js";
import { merge } from "./merge.js";

export interface Sort {
  readonly column: ColumnKey;
  readonly direction: "ascending" | "descending";
}

export interface Arranged {
  /** Of rows, of lines, and of rows that are not there yet. */
  readonly count: number;
  /** By its place, from the top; undefined: there is a line, or the row is not there yet, or nothing. */
  at(index: number): TraceRow | undefined;
  runAt(index: number): RunLine | undefined;
  /** −1 when it is not there. */
  indexOf(id: string): number;
  /**
   * Where a row that may be gone is or was, among those that came after it; null when that means nothing in this order.
   */
  placeOf(row: TraceRow): number | null;
  /**
   * Live rows newer than the one of this number; they are above all others,
   * unless the list is sorted: then none counts.
   */
  newerThan(seq: number): number;
  /** The ranks of the stored rows at the places `[first, end)`; of those that are not there in a sorted list about. */
  ranks(first: number, end: number): Ranks;
}

/**
 * `rows`: live ones, oldest first, by sequence number. `older`: from the store, in the
 * order of `sort`; the filter has chosen them.
 */
export function arrange(
  rows: readonly TraceRow[],
  test: RowTest | null,
  sort: Sort | null,
  older: Older = noOlder,
): Arranged {
  const columns = sort && columnOf(sort.column)?.compare;
  const compare = columns && (sort.direction === "ascending" ? columns : (a: TraceRow, b: TraceRow) => columns(b, a));
  const hasPinned = rows.some(({ pinned }) => pinned) || older.pinned.length > 0;
  if (!test && !compare && !hasPinned) return asTheyCame(rows, older);
  const live = (test ? rows.filter(test) : [...rows]).reverse();
  // Equal ones stay newest first, in both directions.
  if (compare) live.sort(compare);
  const others = hasPinned ? live.filter(({ pinned }) => !pinned) : live;
  const pinned = hasPinned ? [...live.filter((row) => row.pinned), ...older.pinned] : [];
  if (compare) return placed(pinned.sort(compare), merge(others, older, compare), () => 0);
  const newerThan = (seq: number): number => live.reduce((count, row) => (row.seq > seq ? count + 1 : count), 0);
  return placed([...pinned, ...others], { ...older, rank: (place) => rankOf(older, place) }, newerThan);
}

/** What is below the first rows: some that are there, between places without a row. */
interface Body extends Pick<Older, "above" | "items" | "below"> {
  /** Of the stored row at a place in it. */
  rank(place: number): number;
}

function placed(head: readonly TraceRow[], body: Body, newerThan: (seq: number) => number): Arranged {
  const { above, items, below } = body;
  const top = head.length + above;
  const [first, placesOf] = [places(head), places(items)];
  const indexOf = (id: string): number | null => {
    const place = placesOf().get(id);
    return first().get(id) ?? (place === undefined ? null : top + place);
  };
  return {
    count: top + items.length + below,
    at: (index) => head[index] ?? rowAt(items, index - top),
    runAt: (index) => runAt(items, index - top),
    indexOf: (id) => indexOf(id) ?? -1,
    placeOf: ({ id }) => indexOf(id),
    newerThan,
    ranks: (from, end) => ranksOf(body, from - head.length, end - head.length),
  };
}

const ranksOf = (body: Pick<Body, "rank">, first: number, end: number): Ranks => ({
  first: body.rank(Math.max(0, first)),
  end: body.rank(Math.max(0, end)),
});

/** Of the row at a place among the stored ones, which are newest first. */
function rankOf({ above, items }: Older, place: number): number {
  const rows = items.slice(0, Math.max(0, place - above)).filter((item) => !isRun(item)).length;
  return place < above ? place : above + rows + Math.max(0, place - above - items.length);
}

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

function asTheyCame(rows: readonly TraceRow[], older: Older): Arranged {
  const live = rows.length;
  const { above, items, below } = older;
  const top = live + above;
  const placed = places(items);
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
    const place = items.length === 0 ? undefined : placed().get(id);
    return place === undefined ? null : top + place;
  };
  return {
    count: top + items.length + below,
    at: (index) => (index < live ? rows[live - 1 - index] : rowAt(items, index - top)),
    runAt: (index) => (index < live ? undefined : runAt(items, index - top)),
    indexOf: (id) => {
      for (let i = live - 1; i >= 0; i--) if (rows[i]?.id === id) return live - 1 - i;
      return olderPlace(id) ?? -1;
    },
    placeOf: ({ id, seq }) => olderPlace(id) ?? newer(seq),
    newerThan: newer,
    ranks: (first, end) => ranksOf({ rank: (place) => rankOf(older, place) }, first - live, end - live),
  };
}
