// What the file tree can be told. Commands about a file act on the tree's active row when the person works there, else on the file
// in the editor.
import { parentOf } from "../../format/file-path.js";
import { targetPath, targetPaths, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { type Command, command, needsFolder } from "../../platform/command.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { unfoldTo } from "./expanded-folders.js";
import { copyPath, removeFiles, setExecutable } from "./file-actions.js";
import { canUndo, undoLast } from "./file-undo.js";
import { askNewFile } from "./new-file-store.js";
import { openQuickOpen } from "./quick-open-store.js";

const target = (): string => targetPath() ?? "";
const entry = () => useFiles.getState().byPath.get(target());
const needsEntry = (): string | null =>
  needsFolder() ?? (entry() === undefined ? "Choose a file or folder first." : null);
const needsFile = (): string | null => needsFolder() ?? (entry()?.kind === "file" ? null : "Choose a file first.");
const needsUndo = (): string | null =>
  needsFolder() ?? (canUndo() ? null : "Nothing was deleted, moved or renamed here.");

/** Shows the tree, so that what happens in it can be seen. */
function showTree(): void {
  if (!useLayout.getState().explorer) togglePane("explorer");
}

export const explorerCommands: readonly Command[] = [
  command("file.quickOpen", "Open file by name…", ["$mod+p"], needsFolder, openQuickOpen),
  command("file.new", "New file…", [], needsFolder, () => askNewFile()),
  command("folder.new", "New folder…", [], needsFolder, () => {
    const path = entry()?.kind === "folder" ? target() : parentOf(target());
    useExplorer.setState({ asking: { about: "folder", path } });
  }),
  command("file.rename", "Rename file or folder…", [], needsEntry, () => {
    showTree();
    useExplorer.setState({ filter: "", active: target(), renaming: target() });
    unfoldTo(target());
  }),
  command("file.move", "Move file or folder…", [], needsEntry, () =>
    useExplorer.setState({ asking: { about: "move", paths: targetPaths() } }),
  ),
  command("file.executable", "Set or take execute bit", [], needsFile, () =>
    setExecutable(target(), entry()?.executable !== true),
  ),
  command("file.copyPath", "Copy path of file", [], needsEntry, () => copyPath(target())),
  command("file.delete", "Delete file or folder", [], needsEntry, () => removeFiles(targetPaths())),
  command("file.undo", "Undo delete, move or rename", [], needsUndo, undoLast),
  command("file.filter", "Filter files", [], needsFolder, () => {
    showTree();
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".explorer-filter input")?.focus());
  }),
];
