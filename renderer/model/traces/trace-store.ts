// Pulls the trace list from the server while something shows it: asks for what came after the last answer, merges it,
// asks again. After a lost connection the next request simply goes on from there; a restarted server clears the list.
import { create } from "zustand";
import { maxBatchRows } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { Emitter } from "../../platform/emitter.js";
import { BatchThrottle } from "../../platform/throttle.js";
import { delay } from "../../rpc/delay.js";
import { liveFeed } from "../../rpc/live-feed.js";
import { findListed, useTraceList } from "./list.js";
import { useStoredRows } from "./stored-rows.js";
import { findRow, mergeBatch, noRows, type TraceRows } from "./trace-rows.js";

export const useTraceStore = create<TraceRows>()(() => noRows);

/**
 * After each answer that was merged: how many rows it had, and whether traces were
 * cleared, by the user or with their folder.
 */
export const traceBatches = new Emitter<{
  readonly count: number;
  readonly cleared: "by-user" | "with-folder" | null;
}>();

/** The list comes while the component is mounted. */
export const useTraceFeed = liveFeed("The trace list", (client) => {
  const pace = new BatchThrottle();
  return async (signal) => {
    const { generation, next, cleared, stored } = useTraceStore.getState();
    const batch = await client.traces.next(
      { since: generation === null ? 0 : next, generation, max: maxBatchRows },
      { signal },
    );
    if (signal.aborted) return;
    const after = mergeBatch(useTraceStore.getState(), batch);
    useTraceStore.setState(after, true);
    if (after.generation === generation && after.stored > stored)
      useStoredRows.setState(({ turn }) => ({ turn: turn + 1 }));
    const known = after.generation === generation ? cleared : 0; // another server has cleared nothing so far
    const why = after.cleared === after.left ? "with-folder" : "by-user";
    traceBatches.fire({ count: batch.rows.length, cleared: after.cleared === known ? null : why });
    await delay(pace.pauseAfter(batch.rows.length, performance.now()), signal);
  };
});

/** The traces the window knows, oldest first; live while the component is mounted. */
export function useTraceRows(): readonly TraceRow[] {
  useTraceFeed();
  return useTraceStore((state) => state.rows);
}

/** The row of one trace, live or in the list; null when it is in neither (any longer). */
export function useTraceRow(id: string | null): TraceRow | null {
  useTraceFeed();
  const live = useTraceStore((state) => findRow(state.rows, id));
  const listed = useTraceList((state) => findListed(state, id));
  return live ?? listed;
}

/** Returns the row at this moment. */
export const knownRow = (id: string | null): TraceRow | null =>
  findRow(useTraceStore.getState().rows, id) ?? findListed(useTraceList.getState(), id);
