// Search over files and commands, from the header or Ctrl+K. A command that cannot be run now is shown with the reason.
import { Command } from "cmdk";
import { useEffect, useMemo, useState } from "react";
import { type CommandId, commandIds, commandTitle } from "../../server/contract/commands.js";
import { modeTraits } from "../../server/contract/modes.js";
import type { OwnCommand } from "../../server/contract/own-commands-contract.js";
import { statusText, statusTone } from "../format/trace-labels.js";
import { useFiles } from "../model/folder/file-store.js";
import {
  lookAtOwnCommands,
  runOwnCommand,
  subjectNow,
  useOwnCommands,
  whyNotNow,
} from "../model/folder/own-commands.js";
import { useWorkspace } from "../model/folder/workspace-store.js";
import { useStoredRows } from "../model/traces/stored-rows.js";
import { useTraceRows } from "../model/traces/trace-store.js";
import { runCommand, shortcutOf, whyUnavailable } from "../platform/command-registry.js";
import { closeDialog, useDialogOpen } from "../platform/dialogs.js";
import { idlePart } from "../platform/lazy-part.js";
import { usePresentation } from "../platform/presentation.js";
import { useSelection } from "../platform/selection.js";
import { useClient } from "../rpc/store.js";
import { SearchDialog } from "../ui/dialog.js";
import { paletteMarks, paletteRank } from "./palette-rank.js";
import { findTraces, traceTitle } from "./palette-traces.js";
import { noteCommand, useRecentCommands } from "./recent-commands.js";
import "./palette.css";

// With the list of traces, which it leads to.
const PaletteHits = idlePart(async () => (await import("./palette-hits.js")).PaletteHits);
/** Shorter texts are in every trace. */
const leastLetters = 3;

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

interface Ranked<T> {
  readonly item: T;
  readonly rank: number;
}

/** Those that match what was typed, the best first. */
function ranked<T>(items: readonly T[], typed: string, titleOf: (item: T) => string): readonly Ranked<T>[] {
  return items
    .map((item) => ({ item, rank: paletteRank(titleOf(item), typed) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank);
}

function List() {
  const [text, setText] = useState("");
  const isForCommands = text.startsWith(">"); // as other editors have it
  const typed = isForCommands ? text.slice(1).trimStart() : text;
  const isPresenting = usePresentation(({ isOn }) => isOn); // files and traces would open in the workbench behind it
  const hasWorkspace = useWorkspace((store) => store.workspace !== null) && !isPresenting && !isForCommands;
  const entries = useFiles((files) => files.entries);
  const files = useMemo(
    () =>
      hasWorkspace
        ? ranked(
            entries.filter(({ kind }) => kind === "file"),
            typed,
            ({ path }) => path,
          )
        : [],
    [hasWorkspace, entries, typed],
  );
  const rows = useTraceRows();
  const traces = useMemo(() => (hasWorkspace ? findTraces(rows, typed) : []), [hasWorkspace, rows, typed]);
  const commands = ranked(commandIds, typed, commandTitle);
  const all = useOwnCommands((own) => own.commands);
  useEffect(() => void lookAtOwnCommands(), []);
  const own = isPresenting ? [] : ranked(all, typed, ({ title }) => title);
  const possible = commands.filter(({ item }) => whyNot(item) === null);
  const impossible = commands.filter(({ item }) => whyNot(item) !== null);
  const isConnected = useClient() !== null;
  // A store that was not asked yet may have some.
  const hasTraces = useStoredRows(({ all, store }) => all > 0 || (store === null ? isConnected : store.traces > 0));
  const isSearched = hasWorkspace && hasTraces && typed.trim().length >= leastLetters;
  const choose = (act: () => void): void => {
    closeDialog("palette");
    // After the dialog gave the focus back, so that the command can move it.
    requestAnimationFrame(act);
  };
  const fileGroup = files.length > 0 && (
    <Command.Group key="files" heading="Files">
      {files.slice(0, maxFiles).map(({ item: { path, mode } }) => (
        <Command.Item
          key={path}
          value={path}
          className="palette-item"
          onSelect={() => choose(() => useSelection.getState().open(path))}
        >
          <Marked text={path} typed={typed} />
          {mode !== null && <span className="ui-badge">{modeTraits[mode].shortLabel}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
  const commandGroup = commands.length > 0 && (
    <Command.Group key="commands" heading="Commands">
      {[...possible, ...impossible].map(({ item }) => (
        <CommandItem key={item} id={item} value={commandTitle(item)} typed={typed} onChoose={choose} />
      ))}
    </Command.Group>
  );
  const ownGroup = own.length > 0 && (
    <Command.Group key="own" heading="Commands of this folder">
      {own.map(({ item }) => (
        <OwnItem key={item.file} item={item} typed={typed} onChoose={choose} />
      ))}
    </Command.Group>
  );
  const traceGroup = traces.length > 0 && (
    <Command.Group key="traces" heading="Traces">
      {traces.map((row) => (
        <Command.Item
          key={row.id}
          value={`trace ${row.seq}`}
          className="palette-item"
          onSelect={() => choose(() => useSelection.getState().bringUp(row.id))}
        >
          <Marked text={traceTitle(row)} typed={typed} />
          <span className={`palette-key ui-${statusTone(row)}`}>{statusText(row)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
  const areCommandsFirst = (possible[0]?.rank ?? 0) > (files[0]?.rank ?? 0);
  return (
    <Command label="Search files and commands" loop shouldFilter={false}>
      <Command.Input
        className="palette-input"
        placeholder="Search files, traces and commands"
        value={text}
        onValueChange={setText}
        autoFocus
      />
      <Command.List className="palette-list">
        {text === "" && <UsedLately onChoose={choose} />}
        {areCommandsFirst ? [commandGroup, ownGroup, fileGroup] : [fileGroup, ownGroup, commandGroup]}
        {traceGroup}
        {isSearched && <PaletteHits typed={typed} onChoose={choose} />}
      </Command.List>
      <p role="status" className="palette-none">
        {files.length + commands.length + own.length + traces.length === 0 && !isSearched && "No matches."}
      </p>
    </Command>
  );
}

/** Text with what was found of it in bold. */
function Marked({ text, typed }: { readonly text: string; readonly typed: string }) {
  const marks = new Set(paletteMarks(text, typed));
  const parts: { readonly start: number; readonly isFound: boolean }[] = [];
  for (let at = 0; at < text.length; at++)
    if (parts.at(-1)?.isFound !== marks.has(at)) parts.push({ start: at, isFound: marks.has(at) });
  return (
    <span className="ui-cut">
      {parts.map(({ start, isFound }, index) => {
        const part = text.slice(start, parts[index + 1]?.start);
        return isFound ? <b key={start}>{part}</b> : part;
      })}
    </span>
  );
}

/** Gives way as soon as something is typed. */
function UsedLately({ onChoose }: Pick<CommandItemProps, "onChoose">) {
  const ids = useRecentCommands((recent) => recent.ids);
  if (ids.length === 0) return null;
  return (
    <Command.Group heading="Recent">
      {ids.map((id) => (
        <CommandItem key={id} id={id} value={`lately ${commandTitle(id)}`} typed="" onChoose={onChoose} />
      ))}
    </Command.Group>
  );
}

const whyNot = (id: CommandId): string | null =>
  id === "view.palette" ? "The palette is already open." : whyUnavailable(id);

interface CommandItemProps {
  readonly id: CommandId;
  readonly value: string;
  readonly typed: string;
  readonly onChoose: (act: () => void) => void;
}

function CommandItem({ id, value, typed, onChoose }: CommandItemProps) {
  const why = whyNot(id);
  const run = (): void => {
    noteCommand(id);
    runCommand(id);
  };
  return (
    <Command.Item value={value} disabled={why !== null} className="palette-item" onSelect={() => onChoose(run)}>
      <Marked text={commandTitle(id)} typed={typed} />
      {why !== null && <span className="palette-why ui-dim ui-cut">{why}</span>}
      <span className="palette-key ui-dim">{shortcutOf(id)}</span>
    </Command.Item>
  );
}

function OwnItem({
  item,
  typed,
  onChoose,
}: { readonly item: OwnCommand } & Pick<CommandItemProps, "typed" | "onChoose">) {
  const why = whyNotNow(item);
  const run = (): void => {
    const subject = subjectNow(item);
    if (subject !== null) void runOwnCommand(item, subject); // reports its own failures
  };
  return (
    <Command.Item
      value={`own ${item.file}`}
      disabled={why !== null}
      className="palette-item"
      onSelect={() => onChoose(run)}
    >
      <Marked text={item.title} typed={typed} />
      {why !== null && <span className="palette-why ui-dim ui-cut">{why}</span>}
    </Command.Item>
  );
}
