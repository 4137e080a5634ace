// What the window holds of the stored traces: the rows that were loaded so far, page by page, of those that the filter asks for.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { SearchHit, StoreState } from "../../../server/contract/traces-contract.js";

/** The characters `[from, to)` of the query are wrong. */
export interface QueryMistake {
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

/** A run of the server before this one. */
export interface RunLine {
  readonly isRun: true;
  /** The part of its traces' ids. */
  readonly run: string;
  /** Of its newest trace among those shown, Unix time in ms. */
  readonly at: number;
}
/** What the list shows below the live rows. */
export type OlderItem = TraceRow | RunLine;
export const isRun = (item: OlderItem): item is RunLine => "isRun" in item;

export interface StoredRows {
  /** What was searched for; null: nothing yet. */
  readonly query: string | null;
  /** Newest first. */
  readonly rows: readonly TraceRow[];
  /** The ids of `rows`. */
  readonly found: ReadonlySet<string>;
  readonly hits: ReadonlyMap<string, SearchHit>;
  /** How many match, as far as was searched; null: nothing was searched. */
  readonly total: number | null;
  /** 0 to 1. */
  readonly searched: number;
  readonly isBusy: boolean;
  readonly isCancelled: boolean;
  /** Where the next page begins; null: there is none. */
  readonly next: number | null;
  /** The newest place that was searched. */
  readonly newest: number;
  readonly mistake: QueryMistake | null;
  readonly failure: string | null;
  /** How many are stored beside the live ones, whatever the filter. */
  readonly all: number;
  /** The list was cleared: stored traces are shown only when they are searched for. */
  readonly isCleared: boolean;
  /** How the folder's traces are stored; null: not known yet. */
  readonly store: StoreState | null;
  /** Grows when everything has to be searched again: traces were deleted, or storing was turned on. */
  readonly turn: number;
}

export const noStoredRows = {
  query: null,
  rows: [],
  found: new Set<string>(),
  hits: new Map<string, SearchHit>(),
  total: null,
  searched: 0,
  isBusy: false,
  isCancelled: false,
  next: null,
  newest: 0,
  mistake: null,
  failure: null,
} as const satisfies Partial<StoredRows>;

export const useStoredRows = create<StoredRows>()(() => ({
  ...noStoredRows,
  ...{ all: 0, isCleared: false, store: null, turn: 0 },
}));

/** The part of a trace's id that its process gave it. */
export const runOf = (id: string): string => id.slice(9, 15);

/** The row of a stored trace that was loaded. */
export const findStored = (rows: readonly TraceRow[], id: string | null): TraceRow | null =>
  id === null ? null : (rows.find((row) => row.id === id) ?? null);

/**
 * The rows without those that are live, and with a line above each run that is not the current one. `live`: oldest first,
 * those of other processes by their ids, too; `generation`: of this server process.
 */
export function olderItems(
  rows: readonly TraceRow[],
  live: readonly TraceRow[],
  others: ReadonlySet<string>,
  generation: string | null,
): readonly OlderItem[] {
  const current = generation?.slice(0, 6) ?? "";
  const items: OlderItem[] = [];
  let run = current;
  for (const row of rows) {
    const own = runOf(row.id);
    if (own === current ? isAmong(live, row) : others.has(row.id)) continue;
    if (own !== run) items.push({ isRun: true, run: own, at: row.startedAt });
    run = own;
    items.push(row);
  }
  return items;
}

function isAmong(live: readonly TraceRow[], { id, seq }: TraceRow): boolean {
  let low = 0;
  let high = live.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((live[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return live[low]?.id === id;
}
