// What the thread that reads stored traces is asked and what it answers, also while nothing is stored. Without SQLite:
// the thread that asks need not load it.
import type { MessagePort } from "node:worker_threads";
import type { StoredFigures } from "../contract/figures-contract.js";
import type { ProblemMessage } from "../contract/problem.js";
import type { TraceRow } from "../contract/trace.js";
import type { WrittenMarks } from "../contract/trace-marks.js";
import type { SortKey, TraceOrder } from "../contract/trace-order.js";
import type { FoundTrace } from "../contract/traces-contract.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import type { StoredTrace } from "../trace/codec/decode-trace.js";
import type { StoreChanges, WatchRange } from "./store-watch.js";

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

export interface StoreFacts {
  readonly traces: number;
  /** Unix time of the oldest one, ms. */
  readonly oldestAt: number | null;
}

export const noFacts: StoreFacts = { traces: 0, oldestAt: null };

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

/** What other processes have done since the look before. */
export interface StoreNews extends Omit<StoreChanges, "places"> {
  /** The rows of the traces that they have stored, in that order. */
  readonly rows: readonly TraceRow[];
  /** What was known is no longer there: the file is a new one, or there is none. */
  readonly isAnother: boolean;
}

interface Look extends WatchRange {
  /** Traces that wait for their rows get them now. */
  readonly isMaking: boolean;
}

/** Hides the traces with these ids, and those that the query finds, without pinned ones; null: no others. */
interface Removal {
  readonly traces: readonly string[];
  readonly query: TraceQuery | null;
  /** The part of the ids of the traces that are to be named. */
  readonly run: string;
  /** Names the deletion. */
  readonly at: number;
}

/** What the thread does, by name: what it is asked, and each of its answers. A count is one of traces. */
interface ReaderCalls {
  list: { asked: { query: TraceQuery; range: ListRange }; answer: ListStep };
  get: { asked: string; answer: StoredTrace | null };
  facts: { asked: null; answer: StoreFacts };
  /** `file` is the path of one script in the folder; null asks for all of them. */
  figures: { asked: { file: string | null; from: number | null }; answer: StoredFigures };
  /** The script with this hash, as it ran. */
  version: { asked: string; answer: Uint8Array | null };
  /** What other processes have done; null: nothing. */
  look: { asked: Look; answer: StoreNews | null };
  /** The trace need not be in the file yet. */
  mark: { asked: { trace: string; marks: WrittenMarks }; answer: number };
  remove: { asked: Removal; answer: RemovedTraces };
  /** Shows again what a deletion has hidden. */
  restore: { asked: number; answer: number };
  purge: { asked: { from: number; until: number; withinMs: number | null }; answer: number };
}
export type ReaderCallName = keyof ReaderCalls;
export type AskedOf<K extends ReaderCallName> = ReaderCalls[K]["asked"];
export type AnswerOf<K extends ReaderCallName> = ReaderCalls[K]["answer"];

/** `port`: where the answers go. Whoever closes it leaves the call. */
export interface ReaderCall<K extends ReaderCallName> {
  readonly name: K;
  readonly asked: AskedOf<K>;
  readonly port: MessagePort;
}

/** "over": there are no more answers; none at all: nothing is stored. */
export type ReaderReply<K extends ReaderCallName> =
  | { readonly answer: AnswerOf<K> }
  | { readonly problem: ProblemMessage }
  | "over";

export const whenNothingStored: { readonly [K in ReaderCallName]: (asked: AskedOf<K>) => AnswerOf<K> } = {
  list: ({ range }) => listOfMemory(range),
  get: () => null,
  facts: () => noFacts,
  figures: () => noFigures,
  version: () => null,
  look: ({ after }) =>
    after === 0
      ? null
      : { rows: [], isMore: false, last: 0, marks: [], pins: [], isMarked: false, isAnother: after !== null },
  mark: () => 0,
  remove: () => ({ count: 0, names: [] }),
  restore: () => 0,
  purge: () => 0,
};
