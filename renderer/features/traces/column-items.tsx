// The columns as a menu: each shown or not.
import { MenuCheck, MenuItem, MenuSeparator } from "../../ui/menu.js";
import { columns } from "./columns.js";
import { resetColumns, showColumn, useListState } from "./list-state.js";

export function ColumnItems() {
  const hidden = useListState((state) => state.hidden);
  return (
    <>
      {columns.map(({ key, name }) => (
        <MenuCheck key={key} isOn={!hidden.includes(key)} onChange={(isShown) => showColumn(key, isShown)}>
          {name}
        </MenuCheck>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={resetColumns}>Reset columns and order</MenuItem>
    </>
  );
}
