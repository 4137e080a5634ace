// What can be done with the selected trace, as a menu: at its row and in the inspector.
import { useEffect } from "react";
import type { CommandId } from "../../../server/contract/commands.js";
import { useMarked } from "../../model/traces/trace-comparison.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { CommandItem } from "../../platform/command-item.js";
import { listKeyOf, shortcutOf } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { MenuItem, MenuSeparator, Submenu } from "../../ui/menu.js";
import { OwnItems } from "../own-commands/index.js";
import type { ColumnKey } from "./columns.js";
import { FilterItems } from "./filter-items.js";

/** `at`: the menu is at a row, where single keys do the same, and at a cell of it or at none. */
export function TraceItems({ at }: { readonly at?: { readonly column: ColumnKey | null } }) {
  const id = useSelection((selection) => selection.traceId);
  const row = useTraceRow(id);
  const marked = useTraceRow(useMarked());
  useEffect(() => useSelection.getState().hold(), []); // it stays with its trace
  const item = (id: CommandId, words: string, isDisabled = false) => (
    <CommandItem id={id} aside={(at && listKeyOf(id)) ?? shortcutOf(id)} disabled={isDisabled}>
      {words}
    </CommandItem>
  );
  const isNoScript = row?.kind !== undefined && row.kind !== "script";
  const isOther = marked !== null && marked.id !== id;
  return (
    <>
      {item("trace.sendAgain", "Send again")}
      {item("trace.edit", "Edit and send again")}
      {item("trace.vary", "Try values…")}
      {item("trace.save", "Save request…")}
      <MenuSeparator />
      <Submenu title="Copy">
        {item("trace.copyCurl", "Copy as cURL command")}
        {item("trace.copyRaw", "Copy as raw HTTP")}
        {item("trace.copyEnv", "Copy as env -i command", isNoScript)}
        {item("trace.copyAccessLog", "Copy as access log line")}
        {item("trace.copyLink", "Copy link")}
      </Submenu>
      <Submenu title="Export">
        {item("trace.exportCapsule", "Export as capsule…", isNoScript)}
        {item("trace.exportHar", "Save as HAR…")}
        {item("trace.exportPage", "Export page…")}
      </Submenu>
      {!isNoScript && (
        <Submenu title="Versions of the script">
          {item("trace.runThen", "Send to the script as it was then")}
          {item("trace.runBoth", "Send to both versions and compare")}
          {item("trace.compareScript", "Compare the version that ran with the file")}
          {row !== null && row.file !== null && (
            <MenuItem onSelect={() => openDialog("figures", row.file)}>Figures of this script…</MenuItem>
          )}
        </Submenu>
      )}
      <MenuSeparator />
      {item("trace.compare", isOther ? `Compare with #${marked.seq}` : "Compare with the previous trace")}
      {item("trace.mark", marked !== null && !isOther ? "Remove mark" : "Mark for comparison")}
      <MenuSeparator />
      {item("trace.pin", row?.pinned ? "Unpin" : "Pin")}
      {item("trace.annotate", "Name, note and tags…")}
      {item("trace.delete", "Delete")}
      <OwnItems menu="trace" subject={id === null ? null : { kind: "trace", id }} />
      {at && row && <FilterItems row={row} column={at.column} />}
    </>
  );
}
