// Filters by a value of a row: only rows with it, of those that the filter shows, or all without it.
import { knownRow } from "../../../model/traces/trace-store.js";
import { showBottomTab } from "../../../platform/bottom-tab-store.js";
import { setFilter, useListState } from "../list-state.js";
import { type CellFilter, type CellKind, cellFilter, onlyWith, without } from "./cell-filters.js";

export const onlyValue = (cell: CellFilter): void => setFilter(onlyWith(useListState.getState().valid, cell));
export const hideValue = (cell: CellFilter): void => setFilter(without(useListState.getState().valid, cell));

/** Filters by a value of this trace's row. */
export function filterBy(id: string, kind: CellKind, isHiding = false): void {
  const row = knownRow(id);
  const filter = row && cellFilter(row, kind);
  if (!filter) return;
  showBottomTab("traces");
  if (isHiding) hideValue(filter);
  else onlyValue(filter);
}
