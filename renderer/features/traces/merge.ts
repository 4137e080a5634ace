// A sorted list of live rows and of the stretch that is held of the stored ones. Live rows that belong beside the
// stretch are merged into it; the others count among the places above and below it. Which stored rows such a
// place stands for follows from the rows whose ranks are known: between two of them it is estimated, and each
// page that is read makes the gap smaller.
import type { TraceRow } from "../../../server/contract/trace.js";
import { isRun, type Older } from "../../model/traces/stored-rows.js";

export type Compare = (a: TraceRow, b: TraceRow) => number;

interface Merged extends Pick<Older, "above" | "below"> {
  readonly items: readonly TraceRow[];
  /** Of the stored row at a place of the list. */
  rank(place: number): number;
}

/** `live`: in order. Of equal rows the live ones come first: they are newer. */
export function merge(live: readonly TraceRow[], older: Older, compare: Compare): Merged {
  const stored = older.items.flatMap((item) => (isRun(item) ? [] : item));
  const [first, last] = [stored[0], stored.at(-1)];
  const from = first === undefined || older.above === 0 ? 0 : liveBefore(live, first, compare);
  const end = last === undefined || older.below === 0 ? live.length : liveBefore(live, last, compare);
  const items: TraceRow[] = [];
  let [l, s] = [from, 0];
  while (l < end || s < stored.length) {
    const [one, other] = [l < end ? live[l] : undefined, stored[s]];
    const isLive = one !== undefined && (other === undefined || compare(one, other) <= 0);
    const next = isLive ? one : other;
    if (next === undefined) break;
    items.push(next);
    if (isLive) l++;
    else s++;
  }
  const [above, below] = [older.above + from, older.below + live.length - end];
  const total = older.above + stored.length + older.below;
  const known: Known[] = [
    { place: 0, rank: 0 },
    { place: total + live.length, rank: total },
    ...older.probes.map(({ rank, row }) => ({ rank, place: rank + liveBefore(live, row, compare) })),
  ];
  return { above, items, below, rank: (place) => rankAt(known, place) };
}

interface Known {
  readonly place: number;
  readonly rank: number;
}

function rankAt(known: readonly Known[], place: number): number {
  let [below, above]: [Known, Known | null] = [{ place: 0, rank: 0 }, null];
  for (const one of known) {
    if (one.place <= place && one.place >= below.place) below = one;
    if (one.place > place && (above === null || one.place < above.place)) above = one;
  }
  if (above === null) return below.rank;
  const part = (place - below.place) / (above.place - below.place);
  return Math.round(below.rank + part * (above.rank - below.rank));
}

/** How many of the live rows come before a stored one. */
function liveBefore(live: readonly TraceRow[], row: TraceRow, compare: Compare): number {
  let [low, high] = [0, live.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = live[middle];
    if (one !== undefined && compare(one, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
