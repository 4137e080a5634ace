// What the explorer is about: its active row, the filter text, and the open question about a file. Apart from the tree,
// because commands act on the same row and dialogs outlive it.
import { create } from "zustand";
import { isWithin } from "../../format/file-path.js";
import { elementAt } from "../../platform/anchors.js";
import { useSelection } from "../../platform/selection.js";
import { onOtherFolder } from "./workspace-store.js";

interface ShownRow {
  readonly entry: { readonly path: string };
}

interface ExplorerState {
  /** The row that keys and commands are about; null: the one of the file in the editor. */
  readonly active: string | null;
  /** Several rows chosen together, the active one among them; empty when only that one is. */
  readonly chosen: ReadonlySet<string>;
  /** What the tree shows: the row that it names as active, which is another one when that of `active` is not shown. */
  readonly shown: { readonly row: string | null; readonly rows: readonly ShownRow[] } | null;
  /** Only files whose path holds this are listed. */
  readonly filter: string;
  /** The file or folder that is being renamed in its row. */
  readonly renaming: string | null;
  /** The open context menu: of which file or folder (null: of the folder itself), and where. */
  readonly menu: { readonly path: string | null; readonly x: number; readonly y: number } | null;
  /**
   * The question of a dialog: where to move `paths`, whether to delete them permanently, or the name of a new folder in
   * `path`.
   */
  readonly asking:
    | { readonly about: "move" | "delete"; readonly paths: readonly string[] }
    | { readonly about: "folder"; readonly path: string }
    | null;
  /** The pane with the last focus: commands act on the tree's row or on the editor's file. */
  readonly lastUsed: "tree" | "editor";
}

const none: ReadonlySet<string> = new Set();

const nothing = { active: null, chosen: none, filter: "", renaming: null, menu: null, asking: null };

export const useExplorer = create<ExplorerState>()(() => ({ ...nothing, shown: null, lastUsed: "editor" }));

/** In another folder the same paths are other files. Once, at the start of the page. */
export function forgetRowsWithFolder(): void {
  onOtherFolder(() => useExplorer.setState(nothing));
}

/** One row alone. */
export const setActive = (active: string): void => useExplorer.setState({ active, chosen: none });
export const setFilter = (filter: string): void => useExplorer.setState({ filter });
export const stopRenaming = (): void => useExplorer.setState({ renaming: null });
export const stopAsking = (): void => useExplorer.setState({ asking: null });
export const closeMenu = (): void => useExplorer.setState({ menu: null });

/** The row that was made active, or the one that the tree names in its place; null: none was. */
function activeRow(): string | null {
  const { active, shown } = useExplorer.getState();
  return active === null || shown === null ? active : shown.row;
}

/**
 * The file or folder that a command is about; null when there is none, as before anything was opened or made active.
 * Never a row that the tree does not show.
 */
export function targetPath(): string | null {
  const { active, shown, lastUsed } = useExplorer.getState();
  const { openFile } = useSelection.getState();
  if (active === null && openFile === null) return null;
  if (lastUsed !== "tree") return openFile ?? activeRow();
  return shown === null ? (activeRow() ?? openFile) : shown.row;
}

/** Everything that a command is about. */
export function targetPaths(): readonly string[] {
  const one = targetPath();
  if (one === null) return [];
  return useExplorer.getState().lastUsed === "tree" ? chosenWith(one) : [one];
}

/** What is chosen together with a row and shown, without what lies in a folder that is among them; else the row. */
export function chosenWith(path: string): readonly string[] {
  const all = allChosenWith(path);
  return all.filter((one) => !all.some((other) => other !== one && isWithin(one, other))).sort();
}

/** The same with everything that lies in such a folder. */
export function allChosenWith(path: string): readonly string[] {
  const { chosen, shown } = useExplorer.getState();
  if (!chosen.has(path)) return [path];
  return shown === null ? [...chosen] : shown.rows.flatMap(({ entry }) => (chosen.has(entry.path) ? entry.path : []));
}

/** Chooses a row as well, or not any longer; it becomes the active one. */
export function toggleChosen(path: string): void {
  const { chosen } = useExplorer.getState();
  const active = activeRow();
  const next = new Set(chosen.size === 0 && active !== null ? [active] : chosen);
  if (!next.delete(path)) next.add(path);
  useExplorer.setState({ active: path, chosen: next.size < 2 ? none : next });
}

/** Chooses these rows together; `active` is one of them. */
export function choose(paths: readonly string[], active: string): void {
  useExplorer.setState({ active, chosen: paths.length < 2 ? none : new Set(paths) });
}

/** Records the focused pane. Call once, at the start of the page. Dialogs, menus and the header change nothing. */
export function followLastUsed(): void {
  document.addEventListener("focusin", ({ target }) => {
    const pane = target instanceof Element ? target.closest("main [data-pane]") : null;
    if (pane) useExplorer.setState({ lastUsed: pane === elementAt("explorer") ? "tree" : "editor" });
  });
}
