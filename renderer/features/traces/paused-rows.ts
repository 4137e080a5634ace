// The live rows that the list shows: while it is paused those of that moment, as they are now.
import { useMemo, useRef } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { useTraceRows } from "../../model/traces/trace-store.js";
import { useListState } from "./list-state.js";

interface ListRows {
  readonly rows: readonly TraceRow[];
  /** How many came since the list was paused. */
  readonly waiting: number;
}

export function useListRows(): ListRows {
  const live = useTraceRows();
  const frozen = useListState((state) => state.frozen);
  const last = useRef<readonly TraceRow[]>([]);
  return useMemo(() => {
    if (frozen === null) return { rows: live, waiting: 0 };
    const { rows, waiting } = pausedRows(frozen, live);
    // The same rows are the same list: nothing is drawn again for those that wait.
    const isSame = rows.length === last.current.length && rows.every((row, index) => row === last.current[index]);
    if (!isSame) last.current = rows;
    return { rows: last.current, waiting };
  }, [frozen, live]);
}

/** Both are in the order of their numbers. */
function pausedRows(frozen: readonly TraceRow[], live: readonly TraceRow[]): ListRows {
  let [at, known] = [0, 0];
  const rows = frozen.flatMap((row) => {
    while ((live[at]?.seq ?? row.seq) < row.seq) at++;
    const now = live[at];
    if (now?.id !== row.id) return row.marks?.isDeleted ? [] : row; // it was deleted, or left the window's memory
    known++;
    return now;
  });
  return { rows, waiting: live.length - known };
}
