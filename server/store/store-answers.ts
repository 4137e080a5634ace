// What a search and the facts of a store are answered with, and the answers while nothing is stored. Without
// SQLite: the thread that asks need not load it.
import type { StoredFigures } from "../contract/figures-contract.js";
import type { TraceOrder } from "../contract/trace-order.js";
import type { FoundTrace } from "../contract/traces-contract.js";

/** The list was cleared: what was shown then is not shown any more. */
export interface ClearedList {
  /** The part of the ids of the traces of the server that cleared it, and the number it had given last. */
  readonly run: string;
  readonly seq: number;
  /** The numbers of the requests that ran then. */
  readonly running: readonly number[];
  /** The place of the newest trace then. */
  readonly place: number;
}

/** What a search has found since the step before. */
export interface SearchStep {
  readonly found: readonly FoundTrace[];
  /** So far. */
  readonly total: number;
  /** The part of the traces that was searched, 0 to 1. */
  readonly searched: number;
  readonly isDone: boolean;
}

export const nothingFound: SearchStep = { found: [], total: 0, searched: 1, isDone: true };

/** A trace that was in memory when the call was made, and may be in the store's tables by now. */
export interface PendingTrace {
  readonly id: string;
  /** It matches the query. */
  readonly isShown: boolean;
  readonly pinned: boolean;
}

export interface ListRange {
  readonly order: TraceOrder | null;
  /** Places of the whole list, with the traces that are not stored. */
  readonly first: number;
  readonly count: number;
  /** The rows begin so many places before this trace, if it is stored and matches; else with `first`. */
  readonly around: { readonly id: string; readonly before: number } | null;
  readonly cleared: ClearedList | null;
  /** How many match that will not be stored. */
  readonly unstored: { readonly pinned: number; readonly others: number };
  /** What ran then. */
  readonly running: readonly PendingTrace[];
  /** What was passed on to the store, newest first. */
  readonly pending: readonly PendingTrace[];
}

/** An answer, as far as was searched; the last one is done. */
export interface ListStep {
  /** The place of the first row, as it was asked for or as `around` has moved it. */
  readonly first: number;
  /** In the order of the list: stored ones among the places that were asked for, with their ranks among stored ones. */
  readonly found: readonly (FoundTrace & { readonly rank: number })[];
  /** How many of `pending` come before the first one that is stored. */
  readonly waiting: number;
  /** The ids of those of `running` that have ended since, and are stored. */
  readonly ended: readonly string[];
  /** Of stored ones that match. */
  readonly pinned: number;
  readonly total: number;
  /** The place of the newest trace. */
  readonly newest: number;
  /** 0 to 1. */
  readonly searched: number;
  readonly isDone: boolean;
}

export const emptyList = (first: number, waiting: number): ListStep => ({
  ...{ first, found: [], waiting, ended: [], pinned: 0, total: 0, newest: 0, searched: 1, isDone: true },
});

/** What a deletion has hidden: how many, and the ids of those of one run that the query found. */
export interface RemovedTraces {
  readonly count: number;
  readonly names: readonly string[];
}

export const noneRemoved: RemovedTraces = { count: 0, names: [] };

export interface StoreFacts {
  readonly traces: number;
  /** Unix time of the oldest one, ms. */
  readonly oldestAt: number | null;
  /**
   * The last runs of servers, newest first. `run`: that part of their traces'
   * ids; `from`: Unix time of the first one, ms.
   */
  readonly runs: readonly { readonly run: string; readonly from: number }[];
}

export const noFacts: StoreFacts = { traces: 0, oldestAt: null, runs: [] };

export const noFigures: StoredFigures = {
  ...{ requests: 0, failed: 0, firstAt: null, lastAt: null, p50Ms: null, p95Ms: null, p99Ms: null },
  ...{ versions: [], stepMs: 60_000, steps: [], failures: [], slowest: [], lastFailed: null },
};
