// The request that proves a fix made from the editor: the selected one if it ran that script, else the newest that did.
// Only what may be sent twice without harm.
import { findRow } from "../../model/traces/trace-rows.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";

const harmless = new Set(["GET", "HEAD"]);

export function provingTrace(path: string): string | null {
  const { rows } = useTraceStore.getState();
  const ran = (row: (typeof rows)[number] | null): boolean =>
    row !== null && row.file === path && row.outcome !== null && harmless.has(row.method);
  const selected = findRow(rows, useSelection.getState().traceId);
  return ran(selected) ? (selected?.id ?? null) : (rows.findLast(ran)?.id ?? null);
}
