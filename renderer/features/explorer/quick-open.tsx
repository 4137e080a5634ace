// Quick open: a file, or a path to an external application, by a few letters of its name, recent ones first; "name:12"
// goes to a line, ">" on to the commands.
import { Command } from "cmdk";
import { useMemo, useState } from "react";
import { externalMode, modeTraits } from "../../../server/contract/modes.js";
import { baseOf, parentOf } from "../../format/file-path.js";
import { useFiles } from "../../model/folder/file-store.js";
import { showApplication } from "../../model/request/composer-store.js";
import { closeDialog, openDialog, useDialogOpen } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { SearchDialog } from "../../ui/dialog.js";
import { parseQuery, quickOpenMatches } from "./quick-open-match.js";
import { useRecentFiles } from "./recent-files.js";
import "../../shell/palette.css";

export function QuickOpen() {
  const isOpen = useDialogOpen("quick-open");
  if (!isOpen) return null;
  return (
    <SearchDialog label="Open file by name" onClose={() => closeDialog("quick-open")}>
      <List />
    </SearchDialog>
  );
}

function List() {
  const { byPath, entries, elsewhere } = useFiles();
  const recent = useRecentFiles((store) => store.paths);
  const [typed, setTyped] = useState("");
  const { text, line } = parseQuery(typed);
  const addresses = useMemo(() => new Map(elsewhere.map(({ path, address }) => [path, address])), [elsewhere]);
  const paths = useMemo(
    () => [...entries.flatMap(({ path, kind }) => (kind === "file" ? [path] : [])), ...addresses.keys()],
    [entries, addresses],
  );
  const found = useMemo(() => quickOpenMatches(paths, text, recent), [paths, text, recent]);
  const change = (next: string): void => {
    setTyped(next);
    if (!next.startsWith(">")) return;
    closeDialog("quick-open");
    openDialog("palette");
  };
  const choose = (path: string): void => {
    closeDialog("quick-open");
    // After the dialog gave the focus back, so that a line that is asked for can take it.
    requestAnimationFrame(() =>
      addresses.has(path) ? showApplication(path) : useSelection.getState().open(path, line ?? undefined),
    );
  };
  return (
    <Command label="Open file by name" shouldFilter={false} loop>
      <Command.Input
        className="palette-input"
        placeholder="File name, optionally with :line, or > for commands"
        value={typed}
        onValueChange={change}
        autoFocus
      />
      <Command.List className="palette-list">
        {found.map((path) => {
          const address = addresses.get(path);
          const mode = address === undefined ? (byPath.get(path)?.mode ?? null) : externalMode;
          return (
            <Command.Item key={path} value={path} className="palette-item" onSelect={() => choose(path)}>
              <span>{address === undefined ? baseOf(path) : path}</span>
              <span className="ui-dim ui-cut">{address ?? parentOf(path)}</span>
              {mode !== null && <span className="ui-badge">{modeTraits[mode].shortLabel}</span>}
            </Command.Item>
          );
        })}
      </Command.List>
      <p role="status" className="palette-none">
        {found.length === 0 && (paths.length === 0 ? "The folder has no files." : "No matching files.")}
      </p>
    </Command>
  );
}
