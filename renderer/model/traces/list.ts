// The list of traces: the rows around what is in view, as the server lists them.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { TraceOrder } from "../../../server/contract/trace-order.js";
import type { SearchHit } from "../../../server/contract/traces-contract.js";
import { useStoredRows } from "./stored-rows.js";

/** What is listed. */
export interface ListAsked {
  readonly query: string;
  /** Null: newest first. */
  readonly order: TraceOrder | null;
  /** Unix time in ms, for times such as `2h`. */
  readonly now: number;
  /** When the script was saved, for the time `save`. */
  readonly lastSave: number | null;
  /** Only what had begun by then; null: all. */
  readonly until: number | null;
}

/** A run of the server before this one. */
export interface RunLine {
  readonly isRun: true;
  /** The part of its traces' ids. */
  readonly run: string;
  /** When its newest trace among those shown began, Unix time in ms. */
  readonly at: number;
}
export const isRun = (item: TraceRow | RunLine): item is RunLine => "isRun" in item;

export interface TraceList {
  /** What the rows are of; null: nothing was listed yet. */
  readonly asked: ListAsked | null;
  /** The place of the first row, and the rows with a line above each earlier run. */
  readonly first: number;
  readonly items: readonly (TraceRow | RunLine)[];
  readonly rows: readonly TraceRow[];
  readonly hits: ReadonlyMap<string, SearchHit>;
  /** The search found text in a trace: rows have a line for it. */
  readonly hasHits: boolean;
  /** How many there are, without such lines; null: nothing was listed yet. */
  readonly total: number | null;
  /** 0 to 1. */
  readonly searched: number;
  /** It is another list than the one before, and not searched to its end. */
  readonly isBusy: boolean;
  readonly isCancelled: boolean;
  /** The selected trace, the marked one and those that are compared, after they have left the rows. */
  readonly left: readonly TraceRow[];
}

export const nothingListed = {
  asked: null,
  first: 0,
  items: [],
  rows: [],
  hits: new Map<string, SearchHit>(),
  hasHits: false,
  total: null,
  searched: 0,
  isBusy: false,
  isCancelled: false,
} as const satisfies Partial<TraceList>;
export const useTraceList = create<TraceList>()(() => ({ ...nothingListed, left: [] }));

/** The row of a trace that is held. */
export const findListed = ({ rows, left }: TraceList, id: string | null): TraceRow | null =>
  id === null ? null : (rows.find((row) => row.id === id) ?? left.find((row) => row.id === id) ?? null);

/** Resolves when rows were listed, or why not; or when the signal aborts. */
export function untilListed(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (useTraceList.getState().total === null && useStoredRows.getState().failure === null && !signal.aborted)
        return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [useTraceList.subscribe(look), useStoredRows.subscribe(look)];
    signal.addEventListener("abort", look, { once: true });
    look();
  });
}
