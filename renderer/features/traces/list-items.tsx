// The list's menu: its searches, its columns, whether it goes on, and clearing it.
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { CommandItem } from "../../platform/command-item.js";
import { runCommand } from "../../platform/command-registry.js";
import { MenuCheck, MenuSeparator, Submenu } from "../../ui/menu.js";
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
      <CommandItem id="trace.clear" aside={isStoring ? "stored traces stay" : "pinned ones stay"} />
    </>
  );
}
