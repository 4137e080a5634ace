// Everything the window can be told to do, once: buttons, shortcuts, the palette and the desktop app's menu all run these by id.
// Each feature brings its own commands (features/<name>/commands.ts); this is their union.
import { byteCommands } from "../features/bytes/commands.js";
import { composerCommands } from "../features/composer/commands.js";
import { doctorCommands } from "../features/doctor/commands.js";
import { editorCommands } from "../features/editor/commands.js";
import { encodingCommands } from "../features/encoding/commands.js";
import { explorerCommands } from "../features/explorer/commands.js";
import { diffCommands } from "../features/file-diff/commands.js";
import { latencyCommands } from "../features/latency/commands.js";
import { modeCommands } from "../features/modes/commands.js";
import { responseCommands } from "../features/response/commands.js";
import { samplesCommands } from "../features/samples/commands.js";
import { serverCommands } from "../features/server/commands.js";
import { settingsCommands } from "../features/settings/commands.js";
import { walkCommands } from "../features/tour/commands.js";
import { traceCommands } from "../features/traces/commands.js";
import { workersCommands } from "../features/workers/commands.js";
import { workspaceCommands } from "../features/workspace/commands.js";
import { bridge } from "../rpc/bridge.js";
import { viewCommands } from "../shell/view-commands.js";
import type { Command } from "./command.js";
import { notify, notifyFailure } from "./notices.js";

/** In the order of the palette. */
export const commands: readonly Command[] = [
  ...workspaceCommands,
  ...samplesCommands,
  ...explorerCommands,
  ...editorCommands,
  ...diffCommands,
  ...composerCommands,
  ...traceCommands,
  ...walkCommands,
  ...doctorCommands,
  ...responseCommands,
  ...byteCommands,
  ...encodingCommands,
  ...latencyCommands,
  ...modeCommands,
  ...workersCommands,
  ...serverCommands,
  ...viewCommands,
  ...settingsCommands,
];

const byId: ReadonlyMap<string, Command> = new Map(commands.map((entry) => [entry.id, entry]));

/** Runs a command; says why when it cannot be run or fails. */
export function runCommand(id: string): void {
  const found = byId.get(id);
  const why = found ? found.unavailable() : "There is no such command.";
  if (found === undefined || why !== null) notify("info", `${found?.title ?? id}: ${why}`);
  else Promise.resolve(found.run()).catch((error: unknown) => notifyFailure(found.title, error));
}

const isMac = bridge ? bridge.platform === "darwin" : navigator.platform.startsWith("Mac");
const keyNames: Readonly<Record<string, string>> = isMac
  ? { $mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "⏎" }
  : { $mod: "Ctrl", Enter: "⏎" };

/** A command's shortcut as keyboards label it: "Ctrl S"; null without one. */
export function shortcutOf(id: string): string | null {
  const key = byId.get(id)?.keys[0];
  if (key === undefined) return null;
  return key
    .split("+")
    .map((part) => keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}

/** A hint for a button that runs the command: "Save file (Ctrl S)". */
export function hintOf(id: string, title?: string): string {
  const shortcut = shortcutOf(id);
  const text = title ?? byId.get(id)?.title ?? id;
  return shortcut === null ? text : `${text} (${shortcut})`;
}
