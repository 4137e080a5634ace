// What the explorer is about: its active row, what is typed into the filter, and what is being asked about a file. Apart from the
// tree, because commands act on the same row and dialogs outlive it.
import { create } from "zustand";
import { useSelection } from "../../app/selection.js";

export interface ExplorerState {
  /** The row that keys and commands are about; null: the one of the file in the editor. */
  readonly active: string | null;
  /** Only files whose path holds this are listed. */
  readonly filter: string;
  /** The file or folder whose name is being typed anew, in its row. */
  readonly renaming: string | null;
  /** The open context menu: of which file or folder (null: of the folder itself), and where. */
  readonly menu: { readonly path: string | null; readonly x: number; readonly y: number } | null;
  /** What a dialog asks about: where to move `path`, whether to delete it for good, what a new folder in it is called. */
  readonly asking: { readonly about: "move" | "delete" | "folder"; readonly path: string } | null;
  /** Where the person worked last: commands act on the tree's row or on the editor's file. */
  readonly lastUsed: "tree" | "editor";
}

export const useExplorer = create<ExplorerState>()(() => ({ active: null, filter: "", renaming: null, menu: null, asking: null, lastUsed: "editor" }));

export const setActive = (active: string): void => useExplorer.setState({ active });
export const setFilter = (filter: string): void => useExplorer.setState({ filter });
export const stopRenaming = (): void => useExplorer.setState({ renaming: null });
export const stopAsking = (): void => useExplorer.setState({ asking: null });
export const closeMenu = (): void => useExplorer.setState({ menu: null });

/** The file or folder that a command is about; null when there is none. */
export function targetPath(): string | null {
  const { active, lastUsed } = useExplorer.getState();
  const { openFile } = useSelection.getState();
  return lastUsed === "tree" ? (active ?? openFile) : (openFile ?? active);
}

/** Notes where the person works. Once, at the start of the page. Dialogs, menus and the header change nothing. */
export function followLastUsed(): void {
  document.addEventListener("focusin", ({ target }) => {
    const pane = target instanceof Element ? target.closest("main [data-pane]") : null;
    if (pane) useExplorer.setState({ lastUsed: pane.matches(".explorer") ? "tree" : "editor" });
  });
}

/** Puts the focus into the tree. */
export function focusTree(): void {
  document.querySelector<HTMLElement>(".file-tree")?.focus();
}
