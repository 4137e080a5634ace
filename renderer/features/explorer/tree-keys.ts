// The keys of the tree: those of the ARIA tree pattern, and what file lists use everywhere:
// F2, Delete, Ctrl+Z, Ctrl+F, the menu key.
import type { KeyboardEvent } from "react";
import { parentOf } from "../../format/file-path.js";
import { choose, setActive, targetPath, toggleChosen, useExplorer } from "../../model/folder/explorer-state.js";
import { runCommand } from "../../platform/command-registry.js";
import { keyOf } from "../../platform/shortcuts.js";
import { setExpanded } from "./expanded-folders.js";
import type { TreeRow } from "./tree-rows.js";

interface TreeKeyContext {
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
    else setExpanded(row.entry.path, true);
  },
  ArrowLeft: ({ row }) => {
    if (row.isOpen) setExpanded(row.entry.path, false);
    else if (row.level > 1) setActive(parentOf(row.entry.path));
  },
  Escape: ({ row }) => setActive(row.entry.path),
  F2: ({ row }) => runAbout(row, "file.rename"),
  Delete: ({ row }) => runAbout(row, "file.delete"),
  ContextMenu: (context) => openMenu(context),
};

/** Acts on a key pressed in the tree. True when it was one of its own. */
export function onTreeKey(event: KeyboardEvent, context: TreeKeyContext): boolean {
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) return onControlKey(keyOf(event), context);
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === "F10" && event.shiftKey) openMenu(context);
  else if (event.shiftKey && (key === "ArrowDown" || key === "ArrowUp")) extend(context, key === "ArrowDown" ? 1 : -1);
  else if (keys[key]) keys[key](context);
  else if (key.length === 1) {
    const found = context.typeAhead(key, context.rows, context.index);
    if (found !== null) moveTo(context.rows, found);
  } else return false;
  return true;
}

function onControlKey(key: string, { rows, row }: TreeKeyContext): boolean {
  if (key === "z") runCommand("file.undo");
  else if (key === "f") runCommand("file.filter");
  else if (key === "a") chooseAll(rows, row);
  else if (key === " ") toggleChosen(row.entry.path);
  else return false;
  return true;
}

/** All that match: a folder above a match holds files that the filter hides, which a command must not be about. */
function chooseAll(rows: readonly TreeRow[], row: TreeRow): void {
  const matches = rows.filter(({ isMatch }) => isMatch);
  const active = row.isMatch ? row : matches[0];
  if (active)
    choose(
      matches.map(({ entry }) => entry.path),
      active.entry.path,
    );
}

/** The tree names its first row while none was made active. */
function runAbout({ entry }: TreeRow, id: "file.rename" | "file.delete"): void {
  if (targetPath() === null) setActive(entry.path);
  runCommand(id);
}

function moveTo(rows: readonly TreeRow[], index: number): void {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  if (row) setActive(row.entry.path);
}

/** The paths of the rows from one to another, whichever is first. */
export const pathsBetween = (rows: readonly TreeRow[], from: number, to: number): readonly string[] =>
  rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ entry }) => entry.path);

/** One more row chosen, or one less: the other end is where the choosing began. */
function extend({ rows, index }: TreeKeyContext, step: 1 | -1): void {
  const { chosen } = useExplorer.getState();
  const next = Math.max(0, Math.min(rows.length - 1, index + step));
  const indexes = rows.flatMap(({ entry }, at) => (chosen.has(entry.path) ? [at] : []));
  const [first = index, last = index] = [indexes[0], indexes.at(-1)];
  const begin = index === first ? last : first;
  const path = rows[next]?.entry.path;
  if (path !== undefined) choose(pathsBetween(rows, begin, next), path);
}

function openMenu({ row, place }: TreeKeyContext): void {
  if (!useExplorer.getState().chosen.has(row.entry.path)) setActive(row.entry.path);
  useExplorer.setState({ menu: { path: row.entry.path, ...place() } });
}
