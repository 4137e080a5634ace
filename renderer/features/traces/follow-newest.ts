// The selection follows the list: the newest trace is shown while that is on, and one
// that was cleared is not shown any longer.

import type { TraceRow } from "../../../server/contract/trace.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { latestRequest } from "../../model/traces/trace-rows.js";
import { knownRow, traceBatches, useTraceStore } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";
import { followBusyMs, followEveryMs, RowRate, throttle } from "../../platform/throttle.js";
import { rowTest } from "./filter/row-test.js";
import { useListState } from "./list-state.js";

const rate = new RowRate();

/** While hundreds arrive each second, the inspector shows one of them a second: the newest that has ended by then. */
const showNewest = throttle(
  () => {
    const { query, frozen } = useListState.getState();
    if (frozen !== null) return;
    const [test, isBusy] = [rowTest(query), rate.isBusy];
    const isShown = (row: TraceRow): boolean => (!isBusy || row.outcome !== null) && (test === null || test(row));
    const newest = latestRequest(useTraceStore.getState().rows, isShown);
    if (newest) useSelection.getState().showLatest(newest.id);
  },
  () => (rate.isBusy ? followBusyMs : followEveryMs),
);

/** Once, at the start of the page. */
export function followNewest(): void {
  traceBatches.on(({ count, cleared }) => {
    if (cleared !== null) {
      deselectCleared();
      if (cleared === "with-folder") useListState.setState({ frozen: null });
      useStoredRows.setState({ isCleared: cleared === "by-user" }); // also after a reload, and by another window
    }
    rate.add(count, performance.now());
    if (count > 0) showNewest();
  });
}

/** A list that was paused does not keep what was cleared either. */
function deselectCleared(): void {
  const { rows } = useTraceStore.getState();
  if (useListState.getState().frozen !== null) useListState.setState({ frozen: rows });
  const { traceId, select } = useSelection.getState();
  if (traceId !== null && knownRow(traceId) === null) select(null);
}
