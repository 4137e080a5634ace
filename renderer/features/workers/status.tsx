// FastCGI’s part of the status bar: only while there is something of it to say, and only
// then is its code loaded; until then nothing.
import { traitsOf } from "../../../server/contract/modes.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { idlePart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";

const Kept = idlePart(async () => (await import("./workers-status.js")).Kept);
const Turn = idlePart(async () => (await import("./workers-status.js")).Turn);

/** Only while a script is shown whose processes are kept. */
export function WorkersStatus() {
  const file = useSelection(({ openFile }) => openFile);
  const entry = useFiles(({ byPath }) => byPath.get(file ?? "")) ?? null;
  return entry && traitsOf(entry.mode)?.keepsProcesses ? <Kept entry={entry} /> : null;
}

/** Of the selected request, when an application answered it. */
export function TurnStatus() {
  const row = useTraceRow(useSelection(({ traceId }) => traceId));
  return row?.fastcgi ? <Turn row={row} turn={row.fastcgi} /> : null;
}
