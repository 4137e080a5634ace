// The selection follows the list: the newest trace is shown while that is on, and one
// that was cleared is not shown any longer.

import type { TraceRow } from "../../../server/contract/trace.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { findRow, latestRequest } from "../../model/traces/trace-rows.js";
import { knownRow, traceBatches, useTraceStore } from "../../model/traces/trace-store.js";
import { elementAt } from "../../platform/anchors.js";
import { useSelection } from "../../platform/selection.js";
import { followBusyMs, followEveryMs, RowRate, throttle } from "../../platform/throttle.js";
import { rowTest } from "./filter/row-test.js";
import { useListState } from "./list-state.js";
import { foundFor } from "./shown-test.js";

const rate = new RowRate();

/** While hundreds arrive each second, the inspector shows one of them a second: the newest that has ended by then. */
const showNewest = throttle(
  () => {
    const list = useListState.getState();
    if (list.frozen !== null) return;
    // The store is asked about new traces only while the list is shown.
    const found = elementAt("traces.filter") === null ? null : foundFor(list, useStoredRows.getState());
    const [test, isBusy] = [rowTest(list.query, found), rate.isBusy];
    const isShown = (row: TraceRow): boolean =>
      row.from !== "lesson" && (!isBusy || row.outcome !== null) && (test === null || test(row));
    const { rows } = useTraceStore.getState();
    const newest = latestRequest(rows, isShown);
    const { traceId, showLatest } = useSelection.getState();
    // Of a newer one, which was just sent, the store may not have said anything yet.
    const isBehind = found !== null && newest !== null && newest.seq < (findRow(rows, traceId)?.seq ?? 0);
    if (newest && !isBehind) showLatest(newest.id);
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
  // The store found in a new trace what its row does not have.
  useStoredRows.subscribe(({ live }, { live: before }) => {
    if (live.query === before.query && live.ids !== before.ids) showNewest();
  });
}

/** A list that was paused does not keep what was cleared either. */
function deselectCleared(): void {
  const { rows } = useTraceStore.getState();
  if (useListState.getState().frozen !== null) useListState.setState({ frozen: rows });
  const { traceId, select } = useSelection.getState();
  if (traceId !== null && knownRow(traceId) === null) select(null);
}
