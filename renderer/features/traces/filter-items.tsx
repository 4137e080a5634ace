// Filters by what a row shows, in its menu: by the cell under the pointer at once, by the others one level deeper.
import type { CommandId } from "../../../server/contract/commands.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { runOf } from "../../../server/protocol/trace-id.js";
import { CommandItem } from "../../platform/command-item.js";
import { listKeyOf } from "../../platform/command-registry.js";
import { MenuItem, MenuSeparator, Submenu } from "../../ui/menu.js";
import type { ColumnKey } from "./columns.js";
import { type CellFilter, type CellKind, cellFilter, cellKinds } from "./filter/cell-filters.js";
import { hideValue, onlyValue } from "./filter/filter-by.js";
import { setFilter, useListState } from "./list-state.js";

const kindOf: Readonly<Partial<Record<ColumnKey, CellKind>>> = {
  method: "method",
  path: "path",
  mode: "mode",
  status: "status",
};

/** Commands of the list that do the same, for their keys. */
const commands: Readonly<Partial<Record<CellKind, { readonly only: CommandId; readonly hide?: CommandId }>>> = {
  path: { only: "trace.onlyPath", hide: "trace.hidePath" },
  status: { only: "trace.onlyStatus" },
};
const keyOf = (id: CommandId | undefined): string | null => (id === undefined ? null : listKeyOf(id));

interface FilterItemsProps {
  readonly row: TraceRow;
  /** The cell that the menu was opened at; null: none. */
  readonly column: ColumnKey | null;
}

export function FilterItems({ row, column }: FilterItemsProps) {
  const isFiltered = useListState((state) => state.filter.trim() !== "");
  const filters = cellKinds.flatMap((kind) => cellFilter(row, kind) ?? []);
  const kind = (column === null ? undefined : kindOf[column]) ?? "path";
  const here = filters.find((filter) => filter.kind === kind);
  const itemsOf = (act: (filter: CellFilter) => void) =>
    filters.map((filter) => (
      <MenuItem key={filter.kind} onSelect={() => act(filter)} aside={filter.value}>
        {filter.name}
      </MenuItem>
    ));
  return (
    <>
      <MenuSeparator />
      {here && (
        <>
          <MenuItem onSelect={() => onlyValue(here)} aside={keyOf(commands[kind]?.only)}>
            Show only {phrase(here)}
          </MenuItem>
          <MenuItem onSelect={() => hideValue(here)} aside={keyOf(commands[kind]?.hide)}>
            Hide {phrase(here)}
          </MenuItem>
        </>
      )}
      <Submenu title="Show only">
        {itemsOf(onlyValue)}
        <CommandItem id="trace.onlySession" aside={runOf(row.id)}>
          Session
        </CommandItem>
        {row.kind === "script" && <CommandItem id="trace.onlyVersion">Version of the script</CommandItem>}
      </Submenu>
      <Submenu title="Hide">{itemsOf(hideValue)}</Submenu>
      {isFiltered && (
        <MenuItem onSelect={() => setFilter("")} aside={listKeyOf("trace.all")}>
          Show all traces
        </MenuItem>
      )}
    </>
  );
}

/** A path is long and in sight: it is not repeated. */
const phrase = ({ kind, name, value }: CellFilter): string =>
  kind === "path" ? "this path" : `${name.toLowerCase()} ${value}`;
