// The selection follows the list: the newest trace is shown while that is on, and one
// that was cleared is not shown any longer.
import type { TraceRow } from "../../../server/contract/trace.js";
import { useTraceList } from "../../model/traces/list.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { findRow, latestRequest } from "../../model/traces/trace-rows.js";
import { traceBatches, useTraceStore } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";
import { followBusyMs, followEveryMs, RowRate, throttle } from "../../platform/throttle.js";
import { rowTest } from "./filter/row-test.js";
import { useListState } from "./list-state.js";

const rate = new RowRate();

/** While hundreds arrive each second, the inspector shows one of them a second: the newest that has ended by then. */
const showNewest = throttle(
  () => {
    const list = useListState.getState();
    if (list.pausedAt !== null) return;
    const test = rowTest(list.query, useTraceList.getState().rows);
    const isBusy = rate.isBusy;
    const isShown = (row: TraceRow): boolean =>
      row.from !== "lesson" && (!isBusy || row.outcome !== null) && (test === null || test(row));
    const { rows } = useTraceStore.getState();
    const newest = latestRequest(rows, isShown);
    const { traceId, showLatest } = useSelection.getState();
    // A newer one, which was just sent, may not be listed yet.
    const isBehind = test !== null && newest !== null && newest.seq < (findRow(rows, traceId)?.seq ?? 0);
    if (newest && !isBehind) showLatest(newest.id);
  },
  () => (rate.isBusy ? followBusyMs : followEveryMs),
);

/** Once, at the start of the page. */
export function followNewest(): void {
  traceBatches.on(({ count, cleared }) => {
    if (cleared !== null) {
      deselectCleared();
      if (cleared === "with-folder") useListState.setState({ pausedAt: null });
      useStoredRows.setState({ isCleared: cleared === "by-user" }); // also after a reload, and by another window
    }
    rate.add(count, performance.now());
    if (count > 0) showNewest();
  });
  // The server found in a new trace what its row does not have.
  useTraceList.subscribe(({ rows, asked }, before) => {
    if (rows !== before.rows && asked?.query) showNewest();
  });
}

function deselectCleared(): void {
  const { traceId, select } = useSelection.getState();
  // The list may have it until it is asked for again.
  if (traceId !== null && findRow(useTraceStore.getState().rows, traceId) === null) select(null);
}
