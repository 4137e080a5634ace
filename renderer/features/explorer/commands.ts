// The commands of the file tree. Commands about a file act on the tree's active row when the focus is there, else on
// the file in the editor.
import { parentOf } from "../../format/file-path.js";
import { needsFolder } from "../../model/folder/command-needs.js";
import { copyPath } from "../../model/folder/copy-path.js";
import { setActive, setFilter, targetPath, targetPaths, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { focusAnchor } from "../../platform/anchors.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { expandTo } from "./expanded-folders.js";
import { canUndo, undoLast } from "./file-undo.js";

/** What changes files is in a chunk of its own: the first screen comes without it. */
const actions = () => import("./file-actions.js");

const target = (): string => targetPath() ?? "";
const entry = () => useFiles.getState().byPath.get(target());
const needsEntry = (): string | null =>
  needsFolder() ?? (entry() === undefined ? "Select a file or folder first." : null);
const needsFile = (): string | null => needsFolder() ?? (entry()?.kind === "file" ? null : "Select a file first.");
const needsUndo = (): string | null => needsFolder() ?? (canUndo() ? null : "There is nothing to undo.");

/** Shows the tree, so that what happens in it can be seen. */
function showTree(): void {
  if (!useLayout.getState().explorer) togglePane("explorer");
}

export const explorerCommands = {
  "file.quickOpen": command(needsFolder, () => openDialog("quick-open")),
  "file.new": command(needsFolder, () => openDialog("new-file")),
  "folder.new": command(needsFolder, () => {
    const path = entry()?.kind === "folder" ? target() : parentOf(target());
    useExplorer.setState({ asking: { about: "folder", path } });
  }),
  "file.rename": command(needsEntry, () => {
    const path = target(); // before the tree shows other rows
    showTree();
    useExplorer.setState({ filter: "", active: path, renaming: path });
    expandTo(path);
  }),
  "file.move": command(needsEntry, () => useExplorer.setState({ asking: { about: "move", paths: targetPaths() } })),
  "file.duplicate": command(needsFile, async () => {
    const path = target();
    return (await actions()).duplicateFile(path);
  }),
  "file.executable": command(needsFile, async () => {
    const path = target();
    const isExecutable = entry()?.executable !== true;
    return (await actions()).setExecutable(path, isExecutable);
  }),
  "file.reveal": command(
    () => needsFolder() ?? (useSelection.getState().openFile === null ? "No file is open." : null),
    () => {
      const path = useSelection.getState().openFile ?? "";
      showTree();
      setFilter("");
      expandTo(path);
      setActive(path);
      focusAnchor("explorer.tree");
    },
  ),
  "file.copyPath": command(needsEntry, () => copyPath(target())),
  "file.delete": command(needsEntry, async () => {
    const paths = targetPaths();
    return (await actions()).removeFiles(paths);
  }),
  "file.undo": command(needsUndo, undoLast),
  "file.filter": command(needsFolder, () => {
    showTree();
    focusAnchor("explorer.filter");
  }),
} satisfies Partial<Commands>;
