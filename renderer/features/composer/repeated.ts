// A request that is sent several times, one after the other: how far it is, and what came of it.
import { create } from "zustand";
import { isFailed } from "../../../server/contract/failure.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { percentile } from "../../model/traces/latency-series.js";

export const maxRepeats = 1000;

export interface Repeated {
  readonly times: number;
  readonly sent: number;
  readonly failed: number;
  /** The first that failed; null: none did. */
  readonly firstFailed: string | null;
  /** The times in ms of those that did not fail and were not held: a fast error is not a fast response. */
  readonly tookMs: readonly number[];
  readonly lastId: string | null;
  readonly isRunning: boolean;
}

/** Null before the first, and once a single request was sent since. */
export const useRepeated = create<{ readonly repeated: Repeated | null }>()(() => ({ repeated: null }));

export const begun = (times: number): Repeated => ({
  times,
  sent: 0,
  failed: 0,
  firstFailed: null,
  tookMs: [],
  lastId: null,
  isRunning: true,
});

type Ended = Pick<TraceView, "id" | "outcome" | "response" | "timing" | "held">;

/** `hops`: the request and the redirects that were followed, in order. */
export function withSent(before: Repeated, hops: readonly Ended[]): Repeated {
  const failure = hops.find(({ outcome, response }) => isFailed({ outcome, status: response?.status ?? null }));
  const tookMs = hops.reduce((sum, { timing }) => sum + (timing.doneAt ?? 0), 0);
  return {
    ...before,
    sent: before.sent + 1,
    failed: before.failed + (failure ? 1 : 0),
    firstFailed: before.firstFailed ?? failure?.id ?? null,
    tookMs: failure || hops.some(({ held }) => held) ? before.tookMs : [...before.tookMs, tookMs],
    lastId: hops.at(-1)?.id ?? before.lastId,
  };
}

interface RepeatedFigures {
  readonly p50: number;
  readonly least: number;
  readonly most: number;
}

/** Null when all failed or were held. */
export function figuresOf({ tookMs }: Repeated): RepeatedFigures | null {
  const ascending = [...tookMs].sort((a, b) => a - b);
  const [least, p50, most] = [ascending[0], percentile(ascending, 0.5), ascending.at(-1)];
  return least === undefined || p50 === null || most === undefined ? null : { p50, least, most };
}
