// The commands of the window: buttons, shortcuts, the palette and the desktop app's menu all run commands by id. The
// registry is filled by window.tsx; features know it, and it knows none of them. Titles and keys are in
// server/contract/commands.ts.
import { type CommandId, commandKeys, commandTitle, isCommandId, listKey } from "../../server/contract/commands.js";
import { bridge, isDesktop } from "../rpc/bridge.js";
import { notify, notifyFailure } from "./notices.js";
import { usePresentation } from "./presentation.js";

export interface Command {
  /** Why it cannot be run now, a sentence; null when it can. */
  readonly unavailable: () => string | null;
  readonly run: () => void | Promise<void>;
}
export type Commands = Readonly<Record<CommandId, Command>>;

let registered: Partial<Commands> = {};

/** Once, at the start of the page. */
export function registerCommands(commands: Commands): void {
  registered = commands;
}

export const command = (unavailable: Command["unavailable"], run: Command["run"]): Command => ({ unavailable, run });
export const always = (): null => null;

/** What shows in the presentation. The other commands would change the workbench, which is hidden behind it. */
const inPresentation: ReadonlySet<CommandId> = new Set<CommandId>([
  ...([
    "request.send",
    "request.stop",
    "hold.goOn",
    "server.start",
    "server.stop",
    "server.copy",
    "server.open",
  ] as const),
  ...(["view.palette", "view.present", "view.projector", "view.nextPane", "view.previousPane"] as const),
  ...(["theme.light", "theme.dark", "theme.system", "settings.open", "editor.larger", "editor.smaller"] as const),
  ...(["edit.undo", "edit.redo", "edit.selectAll"] as const), // in the text that has the focus
  ...(["preview.again", "preview.enter", "tour.start"] as const), // the presentation's page and tour
  ...(["help.documentation", "help.shortcuts", "help.about", "doctor.index"] as const),
]);
const inPresentedScript: ReadonlySet<CommandId> = new Set<CommandId>(["file.save", "editor.find"]);

/** Why a command cannot be run now, a sentence; null when it can. */
export function whyUnavailable(id: CommandId): string | null {
  const { isOn, scriptOf } = usePresentation.getState();
  if (isOn && !inPresentation.has(id) && !(scriptOf !== null && inPresentedScript.has(id)))
    return "Leave the presentation first (Esc).";
  const found = registered[id];
  return found ? found.unavailable() : "There is no such command.";
}

/** Runs a command; a notice says why when it cannot be run or fails. Resolves when the command is done. */
export async function runToEnd(id: CommandId): Promise<void> {
  const why = whyUnavailable(id);
  if (why !== null) notify("info", `${commandTitle(id)}: ${why}`);
  else
    try {
      await registered[id]?.run();
    } catch (error) {
      notifyFailure(commandTitle(id), error);
    }
}

/** The same for a caller that does not wait for its end. */
export function runCommand(id: CommandId): void {
  void runToEnd(id); // reports its own failures
}

/** The same for an id that came from the desktop app's menu. */
export function runNamed(id: string): void {
  if (isCommandId(id)) runCommand(id);
  else notify("info", `${id}: There is no such command.`);
}

const isMac = bridge ? bridge.platform === "darwin" : navigator.platform.startsWith("Mac");
const keyNames: Readonly<Record<string, string>> = isMac
  ? { $mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "⏎", Delete: "Del" }
  : { $mod: "Ctrl", Enter: "⏎", Delete: "Del" };

/** "$mod+s" as keyboards label it: "Ctrl S". */
export const keyLabel = (key: string): string =>
  key
    .split("+")
    .map((part) => keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");

/** A command's shortcuts as keyboards label them. */
export const shortcutsOf = (id: CommandId): readonly string[] => commandKeys(id, isDesktop).map(keyLabel);

/** The one that is shown; null without one. */
export const shortcutOf = (id: CommandId): string | null => shortcutsOf(id)[0] ?? null;

/** The single key that runs the command in the list of traces; null without one. */
export function listKeyOf(id: CommandId): string | null {
  const key = listKey(id);
  return key === null ? null : keyLabel(key);
}

/** A hint for a button that runs the command: "Save file (Ctrl S)". */
export function hintOf(id: CommandId, title: string = commandTitle(id)): string {
  const shortcut = shortcutOf(id);
  return shortcut === null ? title : `${title} (${shortcut})`;
}
