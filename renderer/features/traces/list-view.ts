// The list by its places: of rows, of lines above earlier runs, and of rows that are not there yet.
import { useMemo } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { isRun, type RunLine, type TraceList, useTraceList } from "../../model/traces/list.js";

export interface ListView {
  readonly count: number;
  /** The row at a place, from the top; undefined: there is a line, or the row is not there yet, or nothing. */
  at(index: number): TraceRow | undefined;
  runAt(index: number): RunLine | undefined;
  /** -1 when it is not there. */
  indexOf(id: string): number;
  /** The place without lines. */
  rankOf(index: number): number;
}

export function listView({
  first,
  items,
  rows,
  total,
}: Pick<TraceList, "first" | "items" | "rows" | "total">): ListView {
  const itemAt = (index: number): TraceRow | RunLine | undefined => items[index - first];
  return {
    count: (total ?? 0) + items.length - rows.length,
    at: (index) => {
      const item = itemAt(index);
      return item === undefined || isRun(item) ? undefined : item;
    },
    runAt: (index) => {
      const item = itemAt(index);
      return item !== undefined && isRun(item) ? item : undefined;
    },
    indexOf: (id) => {
      const at = items.findIndex((item) => !isRun(item) && item.id === id);
      return at < 0 ? -1 : first + at;
    },
    rankOf: (index) => index - items.slice(0, Math.max(0, index - first)).filter(isRun).length,
  };
}

export function useListView(): ListView {
  const first = useTraceList((list) => list.first);
  const items = useTraceList((list) => list.items);
  const rows = useTraceList((list) => list.rows);
  const total = useTraceList((list) => list.total);
  return useMemo(() => listView({ first, items, rows, total }), [first, items, rows, total]);
}
