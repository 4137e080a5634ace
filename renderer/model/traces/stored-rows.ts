// What the window holds of the stored traces: a stretch of those that the filter asks for, and how many there are.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { TraceOrder } from "../../../server/contract/trace-order.js";
import type { FoundTrace, SearchHit, StoreState } from "../../../server/contract/traces-contract.js";
import { runOf, runPart } from "../../../server/protocol/trace-id.js";
import { type Mark, noStretch, type Stretch } from "./stored-stretch.js";

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

/** The live traces that the store found, for a query that their rows cannot answer. */
interface LiveFound {
  /** Null: nothing yet. */
  readonly query: string | null;
  readonly ids: ReadonlySet<string>;
  readonly hits: ReadonlyMap<string, SearchHit>;
}

/** A row of a list in order, and its rank: it says where live rows belong among those that are not held. */
export interface Probe {
  readonly rank: number;
  readonly row: TraceRow;
}

export interface StoredRows {
  /** What `stretch` and `pinned` were searched for; null: nothing yet. */
  readonly query: string | null;
  /** Null: newest first. */
  readonly order: TraceOrder | null;
  /** Of those that are neither live nor pinned. */
  readonly stretch: Stretch;
  /** Shown above all others. */
  readonly pinned: readonly FoundTrace[];
  /** The newest that are not live, whatever the filter, oldest first: see `useRequests`. */
  readonly recent: readonly TraceRow[];
  /** By rank, where further pages begin; of a list in order none. */
  readonly marks: readonly Mark[];
  readonly probes: readonly Probe[];
  /** The selected trace, the marked one and those that are compared, after they have left the stretch. */
  readonly left: readonly TraceRow[];
  readonly live: LiveFound;
  /** By id, of the stored rows that are held. */
  readonly hits: ReadonlyMap<string, SearchHit>;
  /** The search found text in a trace: rows have a line for it. */
  readonly hasHits: boolean;
  /** How many match, as far as was searched, without pinned ones; null: nothing was searched. */
  readonly total: number | null;
  /** 0 to 1. */
  readonly searched: number;
  readonly isBusy: boolean;
  readonly isCancelled: boolean;
  /** The newest place that was searched. */
  readonly newest: number;
  readonly failure: string | null;
  /** How many are stored beside the live ones, whatever the filter. */
  readonly all: number;
  /** The list was cleared: stored traces are shown only when they are searched for. */
  readonly isCleared: boolean;
  /** How the folder's traces are stored; null: not known yet. */
  readonly store: StoreState | null;
  /** Grows when everything has to be searched again: traces were deleted or pinned, or storing was turned on. */
  readonly turn: number;
}

export const noStoredRows = {
  ...{ query: null, order: null, stretch: noStretch, pinned: [], marks: [], probes: [], left: [] },
  live: { query: null, ids: new Set<string>(), hits: new Map<string, SearchHit>() },
  ...{ hits: new Map<string, SearchHit>(), hasHits: false },
  ...{ total: null, searched: 0, isBusy: false, isCancelled: false, newest: 0, failure: null },
} as const satisfies Partial<StoredRows>;

export const useStoredRows = create<StoredRows>()(() => ({
  ...noStoredRows,
  ...{ all: 0, isCleared: false, store: null, turn: 0, recent: [] },
}));

/** As far as is known, new traces are stored, and what is stored can be read. */
export const isStored = ({ store, failure }: Pick<StoredRows, "store" | "failure">): boolean =>
  store?.isStoring !== false && failure === null;

/**
 * How many traces there are, whatever the filter, with `live` ones. What the
 * store says stands in until they were counted.
 */
export const countOfAll = (live: number, { all, store }: Pick<StoredRows, "all" | "store">): number =>
  live + all || (store?.traces ?? 0);

/**
 * Resolves when there is something to show of a search, or the reason why there is nothing, or when the signal aborts.
 */
export function untilSearched(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      stop();
      resolve();
    };
    const look = ({ total, failure }: StoredRows): void => {
      if (total !== null || failure !== null) end();
    };
    const stop = useStoredRows.subscribe(look);
    signal.addEventListener("abort", end, { once: true });
    look(useStoredRows.getState());
  });
}

/** The row of a stored trace that is held. */
export function findStored({ stretch, pinned, left }: StoredRows, id: string | null): TraceRow | null {
  if (id === null) return null;
  const has = ({ row }: FoundTrace): boolean => row.id === id;
  return (stretch.found.find(has) ?? pinned.find(has))?.row ?? left.find((row) => row.id === id) ?? null;
}

/** Changes what is held of a stored trace. */
export function changeStored(id: string, change: (row: TraceRow) => TraceRow): void {
  const one = (found: FoundTrace): FoundTrace => (found.row.id === id ? { ...found, row: change(found.row) } : found);
  useStoredRows.setState(({ stretch, pinned, left }) => ({
    stretch: { ...stretch, found: stretch.found.map(one) },
    pinned: pinned.map(one),
    left: left.map((row) => (row.id === id ? change(row) : row)),
  }));
}

/** A change of a trace is in the store this long after it, at the latest, with some time to spare. */
export const storedAfterMs = 600;

/** Everything is searched again once what was changed just now is stored. */
export function searchSoon(): void {
  setTimeout(() => useStoredRows.setState(({ turn }) => ({ turn: turn + 1 })), storedAfterMs);
}

/** What the list shows below the live rows. */
export interface Older {
  readonly pinned: readonly TraceRow[];
  /** How many there are above and below those that are held. */
  readonly above: number;
  readonly below: number;
  readonly items: readonly OlderItem[];
  readonly probes: readonly Probe[];
}

export const noOlder: Older = { pinned: [], above: 0, below: 0, items: [], probes: [] };

/**
 * The held rows, with a line above each run that is not the current one. `generation`: of this server process;
 * `isLive`: the trace is in the list already.
 */
export function olderOf(
  { stretch, pinned, total, probes }: Pick<StoredRows, "stretch" | "pinned" | "total" | "probes">,
  generation: string | null,
  isLive: (id: string) => boolean,
): Older {
  const items: OlderItem[] = [];
  const first = stretch.found[0]?.row.id;
  let run = stretch.from > 0 && first !== undefined ? runOf(first) : runPart(generation ?? "");
  for (const { row } of stretch.found) {
    const own = runOf(row.id);
    if (own !== run) items.push({ isRun: true, run: own, at: row.startedAt });
    run = own;
    items.push(row);
  }
  return {
    pinned: pinned.flatMap(({ row }) => (isLive(row.id) ? [] : row)),
    above: stretch.from,
    below: Math.max(0, (total ?? 0) - stretch.from - stretch.found.length),
    ...{ items, probes },
  };
}
