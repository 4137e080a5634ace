// What a search and the facts of a store are answered with, and the answers while nothing is stored. Without
// SQLite: the thread that asks need not load it.
import type { StoredFigures } from "../contract/figures-contract.js";
import type { SortKey, TraceOrder } from "../contract/trace-order.js";
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

/** The traces in memory that match and that the store may not have, in the order of the list: pinned ones first. */
interface MemoryTraces {
  /** "": it will not be stored. */
  readonly ids: readonly string[];
  /** What the order compares. */
  readonly keys: readonly SortKey[];
  readonly numbers: readonly number[];
  /** How many are pinned. */
  readonly pinned: number;
}

export const noMemory: MemoryTraces = { ids: [], keys: [], numbers: [], pinned: 0 };

export interface ListRange {
  /** Null: by numbers, the newest first. */
  readonly order: TraceOrder | null;
  readonly first: number;
  readonly count: number;
  /**
   * The rows begin so many places before this trace, if the list has it; else with `first`. `at`: its place among those
   * in memory; null: it is not there.
   */
  readonly around: { readonly id: string; readonly before: number; readonly at: number | null } | null;
  readonly cleared: ClearedList | null;
  readonly memory: MemoryTraces;
}

/** An answer, as far as was searched; the last one is done. */
export interface ListStep {
  /** The place of the first row, as it was asked for or as `around` has moved it. */
  readonly first: number;
  /** A number: the place of a trace in memory, among those of the call. */
  readonly found: readonly (FoundTrace | number)[];
  /** The ids of those in memory that the store has. */
  readonly stored: readonly string[];
  readonly total: number;
  /** The place of the newest stored trace. */
  readonly newest: number;
  /** 0 to 1. */
  readonly searched: number;
  readonly isDone: boolean;
}

/** While nothing is stored. */
export function listOfMemory({ first, count, around, memory }: ListRange): ListStep {
  const from = around?.at == null ? first : Math.max(0, around.at - around.before);
  const found = memory.ids.map((_, at) => at).slice(from, from + count);
  return { first: from, found, stored: [], total: memory.ids.length, newest: 0, searched: 1, isDone: true };
}

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
  requests: 0,
  failed: 0,
  firstAt: null,
  lastAt: null,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  versions: [],
  stepMs: 60_000,
  steps: [],
  failures: [],
  slowest: [],
  lastFailed: null,
};
