// A list in the window, as if the server had answered it.
import { nothingListed, type TraceList, useTraceList } from "../../../renderer/model/traces/list.js";
import { useStoredRows } from "../../../renderer/model/traces/stored-rows.js";
import type { TraceRow } from "../../../server/contract/trace.js";

/** Lists these rows, the first one at the top, as the server would. */
export function showListed(rows: readonly TraceRow[], more: Partial<TraceList> = {}): void {
  const { total = rows.length, items = rows } = more;
  useTraceList.setState({ ...nothingListed, left: [], ...more, rows, items, total });
  useStoredRows.setState({ all: Math.max(total ?? 0, 1) });
}
