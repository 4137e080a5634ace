// Search over files and commands, from the header or Ctrl+K. A command that cannot be run now is shown with the reason.
import { Command, useCommandState } from "cmdk";
import { type CommandId, commandIds, commandTitle } from "../../server/contract/commands.js";
import { modeTraits } from "../../server/contract/modes.js";
import { useFiles } from "../model/folder/file-store.js";
import { useWorkspace } from "../model/folder/workspace-store.js";
import { runCommand, shortcutOf, whyUnavailable } from "../platform/command-registry.js";
import { closeDialog, useDialogOpen } from "../platform/dialogs.js";
import { useSelection } from "../platform/selection.js";
import { SearchDialog } from "../ui/dialog.js";
import { paletteRank } from "./palette-rank.js";
import { noteCommand, useRecentCommands } from "./recent-commands.js";
import "./palette.css";

/** More would make the list slow; typing narrows it anyway. */
const maxFiles = 500;

export function Palette() {
  const isOpen = useDialogOpen("palette");
  if (!isOpen) return null;
  return (
    <SearchDialog label="Search files and commands" onClose={() => closeDialog("palette")}>
      <List />
    </SearchDialog>
  );
}

function List() {
  const hasWorkspace = useWorkspace((store) => store.workspace !== null);
  const entries = useFiles((files) => files.entries);
  const files = hasWorkspace ? entries.filter(({ kind }) => kind === "file").slice(0, maxFiles) : [];
  const choose = (act: () => void): void => {
    closeDialog("palette");
    // After the dialog gave the focus back, so that the command can move it.
    requestAnimationFrame(act);
  };
  return (
    <Command label="Search files and commands" loop filter={paletteRank}>
      <Command.Input className="palette-input" placeholder="Search files and commands" autoFocus />
      <Command.List className="palette-list">
        <Command.Empty className="palette-none">No matches.</Command.Empty>
        <UsedLately onChoose={choose} />
        {files.length > 0 && (
          <Command.Group heading="Files">
            {files.map(({ path, mode }) => (
              <Command.Item
                key={path}
                value={path}
                className="palette-item"
                onSelect={() => choose(() => useSelection.getState().open(path))}
              >
                <span className="ui-cut">{path}</span>
                {mode !== null && <span className="ui-badge">{modeTraits[mode].shortLabel}</span>}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Commands">
          {commandIds.map((id) => (
            <CommandItem key={id} id={id} value={commandTitle(id)} onChoose={choose} />
          ))}
        </Command.Group>
      </Command.List>
    </Command>
  );
}

/** Gives way as soon as something is typed. */
function UsedLately({ onChoose }: Pick<CommandItemProps, "onChoose">) {
  const isSearching = useCommandState(({ search }) => search !== "");
  const ids = useRecentCommands((recent) => recent.ids);
  if (isSearching || ids.length === 0) return null;
  return (
    <Command.Group heading="Recent">
      {ids.map((id) => (
        <CommandItem key={id} id={id} value={`lately ${commandTitle(id)}`} onChoose={onChoose} />
      ))}
    </Command.Group>
  );
}

interface CommandItemProps {
  readonly id: CommandId;
  readonly value: string;
  readonly onChoose: (act: () => void) => void;
}

function CommandItem({ id, value, onChoose }: CommandItemProps) {
  const why = id === "view.palette" ? "The palette is already open." : whyUnavailable(id);
  const run = (): void => {
    noteCommand(id);
    runCommand(id);
  };
  return (
    <Command.Item value={value} disabled={why !== null} className="palette-item" onSelect={() => onChoose(run)}>
      <span>{commandTitle(id)}</span>
      {why !== null && <span className="ui-dim ui-cut">{why}</span>}
      <span className="palette-key ui-dim">{shortcutOf(id)}</span>
    </Command.Item>
  );
}
