// The selection follows the list: the newest trace is shown while that is on, and one that was cleared is not shown any longer.
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { latestRequest } from "../../model/traces/trace-rows.js";
import { knownRow, traceBatches, useTraceStore } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";
import { throttle } from "../../platform/throttle.js";
import { rowTest } from "./filter/row-test.js";
import { useListState } from "./list-state.js";

/** While hundreds arrive each second, the inspector shows a few of them: the newest at that moment. */
const showNewest = throttle(() => {
  const { query, frozen } = useListState.getState();
  const newest = frozen === null ? latestRequest(useTraceStore.getState().rows, rowTest(query)) : null;
  if (newest) useSelection.getState().showLatest(newest.id);
});

/** Once, at the start of the page. */
export function followNewest(): void {
  traceBatches.on(({ count, isCleared }) => {
    if (isCleared) {
      deselectCleared();
      useStoredRows.setState({ isCleared: true }); // also after a reload, and by another window
    }
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
