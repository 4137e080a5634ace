// The tree's context menu: what can be done with the row it was opened on, or, beside the rows, with the folder.
import { useRef } from "react";
import { baseOf, parentOf } from "../../format/file-path.js";
import { hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { allChosenWith, closeMenu, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { elementAt } from "../../platform/anchors.js";
import { runCommand, shortcutOf } from "../../platform/command-registry.js";
import { isDialogOpen, openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { ContextMenu } from "../../ui/context-menu.js";
import { MenuItem, MenuSeparator } from "../../ui/menu.js";
import { canCompareRan } from "../file-diff/index.js";
import { modeChoices, useModeMenu } from "../modes/index.js";
import { OwnItems } from "../own-commands/index.js";
import { canUndo } from "./file-undo.js";

export function FileMenu() {
  const menu = useExplorer((store) => store.menu);
  // What it was about stays on the screen while it closes.
  const shown = useRef<string | null>(null);
  const isRenameChosen = useRef(false);
  if (menu) {
    shown.current = menu.path;
    isRenameChosen.current = false;
  }
  const path = shown.current;
  /** A menu that closes may put the focus on its item again, and a field that loses the focus is over. */
  const onGone = (): void => {
    if (isRenameChosen.current) runCommand("file.rename");
    isRenameChosen.current = false;
  };
  const rename = (): void => {
    isRenameChosen.current = true;
  };
  return (
    <ContextMenu
      label={path === null ? "Folder" : baseOf(path)}
      at={menu}
      onClose={closeMenu}
      onGone={onGone}
      returnTo={() => (isAsking() ? null : elementAt("explorer.tree"))}
    >
      {path === null ? <FolderItems folder="" /> : <EntryItems path={path} onRename={rename} />}
    </ContextMenu>
  );
}

/** A dialog, another menu or the field for a new name has the focus, or is about to. */
const isAsking = (): boolean =>
  useExplorer.getState().renaming !== null ||
  useExplorer.getState().asking !== null ||
  isDialogOpen("new-file") ||
  useModeMenu.getState().at !== null;

function EntryItems({ path, onRename }: { readonly path: string; readonly onRename: () => void }) {
  const entry = useFiles(({ byPath }) => byPath.get(path));
  const isEdited = useDocuments(() => hasEdits(path));
  const together = useExplorer(() => allChosenWith(path).length);
  if (together > 1) return <SeveralItems count={together} />;
  if (!entry) return null;
  const isFile = entry.kind === "file";
  return (
    <>
      {isFile && <MenuItem onSelect={() => useSelection.getState().open(path)}>Open</MenuItem>}
      {isFile && isEdited && (
        <MenuItem onSelect={() => runCommand("file.compareSaved")}>Compare edits with saved file</MenuItem>
      )}
      {isFile && canCompareRan(path) && (
        <MenuItem onSelect={() => runCommand("file.compareRan")}>Compare with the version that ran</MenuItem>
      )}
      {isFile && <MenuSeparator />}
      <FolderItems folder={isFile ? parentOf(path) : path} />
      <MenuSeparator />
      <MenuItem onSelect={onRename} aside="F2">
        Rename…
      </MenuItem>
      <MenuItem onSelect={() => runCommand("file.move")}>Move to…</MenuItem>
      {isFile && <MenuItem onSelect={() => runCommand("file.duplicate")}>Duplicate</MenuItem>}
      {isFile && (
        <MenuItem onSelect={() => runCommand("file.executable")}>
          {entry.executable ? "Remove execute permission" : "Make executable"}
        </MenuItem>
      )}
      {isFile && modeChoices(entry).length > 0 && (
        <>
          <MenuItem onSelect={() => runCommand("script.mode")}>Run as…</MenuItem>
          <MenuItem onSelect={() => runCommand("script.rail")}>Ways to run</MenuItem>
          <MenuItem onSelect={() => runCommand("script.figures")}>Figures…</MenuItem>
          <MenuItem onSelect={() => runCommand("script.deploy")}>Take to a server…</MenuItem>
        </>
      )}
      <MenuItem onSelect={() => runCommand("file.copyPath")}>Copy path</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => runCommand("file.delete")} aside="Del">
        Delete
      </MenuItem>
      {isFile && <OwnItems menu="file" subject={{ kind: "file", path }} />}
    </>
  );
}

/** What can be done with all that are chosen. */
function SeveralItems({ count }: { readonly count: number }) {
  return (
    <>
      <MenuItem onSelect={() => runCommand("file.move")}>Move {count} files and folders to…</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => runCommand("file.delete")} aside="Del">
        Delete {count} files and folders
      </MenuItem>
    </>
  );
}

function FolderItems({ folder }: { readonly folder: string }) {
  return (
    <>
      <MenuItem onSelect={() => openDialog("new-file", folder)} aside={shortcutOf("file.new")}>
        New file…
      </MenuItem>
      <MenuItem onSelect={() => useExplorer.setState({ asking: { about: "folder", path: folder } })}>
        New folder…
      </MenuItem>
      {canUndo() && <MenuItem onSelect={() => runCommand("file.undo")}>Undo delete, move or rename</MenuItem>}
    </>
  );
}
