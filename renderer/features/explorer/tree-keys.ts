// The keys of the tree: those of the ARIA tree pattern, and what file lists use everywhere: F2, Delete, Ctrl+Z, Ctrl+F, the menu key.
import type { KeyboardEvent } from "react";
import { runCommand } from "../../app/commands.js";
import { setActive, useExplorer } from "./explorer-store.js";
import { parentOf } from "./file-path.js";
import type { TreeRow } from "./tree-rows.js";
import { setUnfolded } from "./unfolded-store.js";

export interface TreeKeyContext {
  readonly rows: readonly TreeRow[];
  /** The active row and its index. */
  readonly row: TreeRow;
  readonly index: number;
  /** Rows that a page holds. */
  readonly pageRows: number;
  readonly activate: (row: TreeRow) => void;
  readonly typeAhead: (character: string, rows: readonly TreeRow[], from: number) => number | null;
  /** Where a menu of the active row is to open. */
  readonly place: () => { readonly x: number; readonly y: number };
}

/** What each key alone does. */
const keys: Readonly<Record<string, (context: TreeKeyContext) => void>> = {
  ArrowDown: ({ rows, index }) => moveTo(rows, index + 1),
  ArrowUp: ({ rows, index }) => moveTo(rows, index - 1),
  Home: ({ rows }) => moveTo(rows, 0),
  End: ({ rows }) => moveTo(rows, rows.length - 1),
  PageDown: ({ rows, index, pageRows }) => moveTo(rows, index + pageRows),
  PageUp: ({ rows, index, pageRows }) => moveTo(rows, index - pageRows),
  Enter: ({ row, activate }) => activate(row),
  " ": ({ row, activate }) => activate(row),
  ArrowRight: ({ rows, row, index }) => {
    if (row.entry.kind !== "folder") return;
    if (row.isOpen) moveTo(rows, index + 1);
    else setUnfolded(row.entry.path, true);
  },
  ArrowLeft: ({ row }) => {
    if (row.isOpen) setUnfolded(row.entry.path, false);
    else if (row.level > 1) setActive(parentOf(row.entry.path));
  },
  F2: () => runCommand("file.rename"),
  Delete: () => runCommand("file.delete"),
  ContextMenu: (context) => openMenu(context),
};

/** Acts on a key pressed in the tree. True when it was one of its own. */
export function onTreeKey(event: KeyboardEvent, context: TreeKeyContext): boolean {
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) return onControlKey(key.toLowerCase());
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === "F10" && event.shiftKey) openMenu(context);
  else if (keys[key]) keys[key](context);
  else if (key.length === 1) {
    const found = context.typeAhead(key, context.rows, context.index);
    if (found !== null) moveTo(context.rows, found);
  } else return false;
  return true;
}

function onControlKey(key: string): boolean {
  if (key === "z") runCommand("file.undoDelete");
  else if (key === "f") runCommand("file.filter");
  else return false;
  return true;
}

function moveTo(rows: readonly TreeRow[], index: number): void {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  if (row) setActive(row.entry.path);
}

function openMenu({ row, place }: TreeKeyContext): void {
  setActive(row.entry.path);
  useExplorer.setState({ menu: { path: row.entry.path, ...place() } });
}
