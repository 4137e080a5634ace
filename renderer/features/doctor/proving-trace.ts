// The request that proves a fix made from the editor: the selected one if it ran that script, else the newest that did.
// Only what may be sent twice without harm.
import type { TraceRow } from "../../../server/contract/trace.js";
import { newestRow } from "../../model/traces/requests.js";
import { knownRow } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";

const harmless = new Set(["GET", "HEAD"]);

export function provingTrace(path: string): string | null {
  const ran = (row: TraceRow): boolean => row.file === path && row.outcome !== null && harmless.has(row.method);
  const selected = knownRow(useSelection.getState().traceId);
  return (selected && ran(selected) ? selected : newestRow(ran))?.id ?? null;
}
