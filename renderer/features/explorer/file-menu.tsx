// The tree's context menu: what can be done with the row it was opened on, or, beside the rows, with the folder.
import { useRef } from "react";
import { baseOf, parentOf } from "../../format/file-path.js";
import { hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { allChosenWith, closeMenu, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { elementAt } from "../../platform/anchors.js";
import { CommandItem } from "../../platform/command-item.js";
import { runCommand } from "../../platform/command-registry.js";
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
  useExplorer(); // the commands turn to this row after the menu is drawn; the menu is drawn again then
  const together = allChosenWith(path).length;
  if (together > 1) return <SeveralItems count={together} />;
  if (!entry) return null;
  const isFile = entry.kind === "file";
  return (
    <>
      {isFile && <MenuItem onSelect={() => useSelection.getState().open(path)}>Open</MenuItem>}
      {isFile && isEdited && <CommandItem id="file.compareSaved" />}
      {isFile && canCompareRan(path) && (
        <CommandItem id="file.compareRan">Compare with the version that ran</CommandItem>
      )}
      {isFile && <MenuSeparator />}
      <FolderItems folder={isFile ? parentOf(path) : path} />
      <MenuSeparator />
      <MenuItem onSelect={onRename} aside="F2">
        Rename…
      </MenuItem>
      <CommandItem id="file.move">Move to…</CommandItem>
      {isFile && <CommandItem id="file.duplicate">Duplicate</CommandItem>}
      {isFile && (
        <CommandItem id="file.executable">
          {entry.executable ? "Remove execute permission" : "Make executable"}
        </CommandItem>
      )}
      {isFile && modeChoices(entry).length > 0 && (
        <>
          <CommandItem id="script.mode">Run as…</CommandItem>
          <CommandItem id="script.waysToRun">Ways to run</CommandItem>
          <CommandItem id="script.figures">Figures…</CommandItem>
          <CommandItem id="script.deploy">Take to a server…</CommandItem>
        </>
      )}
      <CommandItem id="file.copyPath">Copy path</CommandItem>
      <MenuSeparator />
      <CommandItem id="file.delete" aside="Del">
        Delete
      </CommandItem>
      {isFile && <OwnItems menu="file" subject={{ kind: "file", path }} />}
    </>
  );
}

/** What can be done with all that are chosen. */
function SeveralItems({ count }: { readonly count: number }) {
  return (
    <>
      <CommandItem id="file.move">Move {count} files and folders to…</CommandItem>
      <MenuSeparator />
      <CommandItem id="file.delete" aside="Del">
        Delete {count} files and folders
      </CommandItem>
    </>
  );
}

function FolderItems({ folder }: { readonly folder: string }) {
  return (
    <>
      <MenuItem onSelect={() => openDialog("new-file", folder)}>New file…</MenuItem>
      <MenuItem onSelect={() => useExplorer.setState({ asking: { about: "folder", path: folder } })}>
        New folder…
      </MenuItem>
      {canUndo() && <CommandItem id="file.undo" />}
    </>
  );
}
