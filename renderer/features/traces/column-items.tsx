// The columns as a menu: each shown or not; and, in a column's own menu, its position.
import { MenuCheck, MenuItem, MenuSeparator } from "../../ui/menu.js";
import { stepped } from "./column-order.js";
import { type ColumnKey, columnOf, inOrder } from "./columns.js";
import { resetColumns, showColumn, stepColumn, useListState } from "./list-state.js";

export function ColumnItems({ of = null }: { readonly of?: ColumnKey | null }) {
  const hidden = useListState((state) => state.hidden);
  const order = useListState((state) => state.order);
  return (
    <>
      {of !== null && <MoveItems column={of} />}
      {inOrder(order).map(({ key, name }) => (
        <MenuCheck key={key} isOn={!hidden.includes(key)} onChange={(isShown) => showColumn(key, isShown)}>
          {name}
        </MenuCheck>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={resetColumns}>Reset columns</MenuItem>
    </>
  );
}

function MoveItems({ column }: { readonly column: ColumnKey }) {
  const { order, hidden } = useListState();
  const name = columnOf(column)?.name ?? column;
  const item = (step: 1 | -1, where: string, keys: string) => (
    <MenuItem
      disabled={stepped(order, hidden, column, step) === null}
      aside={keys}
      onSelect={() => stepColumn(column, step)}
    >
      Move “{name}” {where}
    </MenuItem>
  );
  return (
    <>
      {item(-1, "left", "Alt ←")}
      {item(1, "right", "Alt →")}
      <MenuSeparator />
    </>
  );
}
