// What a search and the facts of a store are answered with, and the answers while nothing is stored. Without
// SQLite: the thread that asks need not load it.
import type { StoredFigures } from "../contract/figures-contract.js";
import type { FoundTrace } from "../contract/traces-contract.js";

/** What a search has found since the step before. */
export interface SearchStep {
  readonly found: readonly FoundTrace[];
  /** So far. */
  readonly total: number;
  /** The part of the traces that was searched, 0 to 1. */
  readonly searched: number;
  /** The place of the newest trace when the search began; 0: none was stored. */
  readonly newest: number;
  /** What has this place or a higher one was searched. */
  readonly oldest: number;
  readonly isDone: boolean;
}

export const nothingFound: SearchStep = { found: [], total: 0, searched: 1, newest: 0, oldest: 0, isDone: true };

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
