// What can be done with the selected trace, as a menu: at its row and in the inspector.
import { useEffect } from "react";
import type { CommandId } from "../../../server/contract/commands.js";
import { useMarked } from "../../model/traces/trace-comparison.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { listKeyOf, runCommand, shortcutOf } from "../../platform/command-registry.js";
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
  const key = (command: CommandId): string | null => (at ? listKeyOf(command) : null);
  const isNoScript = row?.kind !== undefined && row.kind !== "script";
  const isOther = marked !== null && marked.id !== id;
  return (
    <>
      <MenuItem
        onSelect={() => runCommand("trace.sendAgain")}
        aside={key("trace.sendAgain") ?? shortcutOf("trace.sendAgain")}
      >
        Send again
      </MenuItem>
      <MenuItem onSelect={() => runCommand("trace.edit")} aside={key("trace.edit")}>
        Edit and send again
      </MenuItem>
      <MenuItem onSelect={() => runCommand("trace.vary")}>Try values…</MenuItem>
      <MenuItem onSelect={() => runCommand("trace.save")}>Save request…</MenuItem>
      <MenuSeparator />
      <Submenu title="Copy">
        <MenuItem onSelect={() => runCommand("trace.copyCurl")}>Copy as cURL command</MenuItem>
        <MenuItem onSelect={() => runCommand("trace.copyRaw")}>Copy as raw HTTP</MenuItem>
        <MenuItem onSelect={() => runCommand("trace.copyEnv")} disabled={isNoScript}>
          Copy as env -i command
        </MenuItem>
        <MenuItem onSelect={() => runCommand("trace.copyAccessLog")}>Copy as access log line</MenuItem>
        <MenuItem onSelect={() => runCommand("trace.copyLink")}>Copy link</MenuItem>
      </Submenu>
      <Submenu title="Export">
        <MenuItem onSelect={() => runCommand("trace.exportCapsule")} disabled={isNoScript}>
          Export as capsule…
        </MenuItem>
        <MenuItem onSelect={() => runCommand("trace.exportHar")}>Save as HAR…</MenuItem>
        <MenuItem onSelect={() => runCommand("trace.exportPage")}>Export page…</MenuItem>
      </Submenu>
      {!isNoScript && (
        <Submenu title="Versions of the script">
          <MenuItem onSelect={() => runCommand("trace.runThen")}>Send to the script as it was then</MenuItem>
          <MenuItem onSelect={() => runCommand("trace.runBoth")}>Send to both versions and compare</MenuItem>
          <MenuItem onSelect={() => runCommand("trace.compareScript")}>
            Compare the version that ran with the file
          </MenuItem>
          {row !== null && row.file !== null && (
            <MenuItem onSelect={() => openDialog("figures", row.file)}>Figures of this script…</MenuItem>
          )}
        </Submenu>
      )}
      <MenuSeparator />
      <MenuItem onSelect={() => runCommand("trace.compare")} aside={key("trace.compare")}>
        {isOther ? `Compare with #${marked.seq}` : "Compare with the previous trace"}
      </MenuItem>
      <MenuItem onSelect={() => runCommand("trace.mark")} aside={key("trace.mark")}>
        {marked !== null && !isOther ? "Remove mark" : "Mark for comparison"}
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => runCommand("trace.pin")} aside={key("trace.pin")}>
        {row?.pinned ? "Unpin" : "Pin"}
      </MenuItem>
      <MenuItem onSelect={() => runCommand("trace.annotate")} aside={key("trace.annotate")}>
        Name, note and tags…
      </MenuItem>
      <MenuItem
        onSelect={() => runCommand("trace.delete")}
        aside={key("trace.delete")}
        disabled={row?.outcome === null}
      >
        Delete
      </MenuItem>
      <OwnItems menu="trace" subject={id === null ? null : { kind: "trace", id }} />
      {at && row && <FilterItems row={row} column={at.column} />}
    </>
  );
}
