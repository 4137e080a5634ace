// The list's menu: its searches, its columns, whether it goes on, and clearing it.
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { runCommand } from "../../platform/command-registry.js";
import { MenuCheck, MenuItem, MenuSeparator, Submenu } from "../../ui/menu.js";
import { ColumnItems } from "./column-items.js";
import { useListState } from "./list-state.js";
import { SearchItems } from "./search-items.js";

export function ListItems() {
  const isPaused = useListState(({ pausedAt }) => pausedAt !== null);
  const isStoring = useStoredRows(({ store }) => store?.isStoring === true);
  return (
    <>
      <SearchItems />
      <MenuSeparator />
      <Submenu title="Columns">
        <ColumnItems />
      </Submenu>
      <MenuCheck isOn={isPaused} onChange={() => runCommand("trace.pause")}>
        Pause the list
      </MenuCheck>
      <MenuItem
        onSelect={() => runCommand("trace.clear")}
        aside={isStoring ? "stored traces stay" : "pinned ones stay"}
      >
        Clear traces
      </MenuItem>
    </>
  );
}
