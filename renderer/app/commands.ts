// Everything the window can be told to do, once: buttons, shortcuts, the palette and the desktop app's menu all run these by id.
// Keys are written for tinykeys; `$mod` is Ctrl, on macOS Cmd.

import { useComposer } from "../features/composer/composer-store.js";
import { sendRequest, stopRequest } from "../features/composer/send.js";
import { closeDocument, documentAt } from "../features/editor/document-store.js";
import { reloadDocument } from "../features/editor/read-document.js";
import { saveDocument } from "../features/editor/save-document.js";
import { askNewFile } from "../features/explorer/new-file-store.js";
import { copyAddress, openAddress, startServer, stopServer } from "../features/server/server-actions.js";
import { chooseAndOpenFolder, closeFolder } from "../features/workspace/open-folder.js";
import { useWorkspace } from "../features/workspace/workspace-store.js";
import { bridge, isDesktop } from "../rpc/bridge.js";
import { useServer } from "../rpc/store.js";
import { focusPane } from "./focus-pane.js";
import { togglePane } from "./layout-store.js";
import { notify, notifyFailure } from "./notices.js";
import { openPalette } from "./palette-store.js";
import { useSelection } from "./selection.js";
import { chooseTheme } from "./theme.js";

export interface Command {
  readonly id: string;
  /** As in a menu: a verb first. */
  readonly title: string;
  /** The first is the one that is shown. */
  readonly keys: readonly string[];
  /** Why it cannot be run now, a sentence; null when it can. */
  readonly unavailable: () => string | null;
  readonly run: () => void | Promise<void>;
}

const always = (): null => null;
const needsConnection = (): string | null => (useServer.getState().client ? null : "There is no connection to the server.");
const needsFolder = (): string | null => (useWorkspace.getState().workspace ? needsConnection() : "Open a folder first.");
const needsServing = (): string | null => (useServer.getState().state?.server.url == null ? "The server is stopped." : null);
const openText = (): string | null => {
  const { openFile } = useSelection.getState();
  return openFile !== null && documentAt(openFile)?.kind === "text" ? openFile : null;
};
const needsText = (): string | null => (openText() === null ? "Open a file first." : null);

const command = (id: string, title: string, keys: readonly string[], unavailable: Command["unavailable"], run: Command["run"]): Command => ({
  id,
  title,
  keys,
  unavailable,
  run,
});

export const commands: readonly Command[] = [
  command("workspace.open", "Open folder…", ["$mod+o"], needsConnection, chooseAndOpenFolder),
  command("workspace.close", "Close folder", [], needsFolder, closeFolder),
  command("file.new", "New file…", [], needsFolder, askNewFile),
  command("file.save", "Save file", ["$mod+s"], needsText, async () => void (await saveDocument(openText() ?? ""))),
  command("file.revert", "Reload file from disk, dropping edits", [], needsText, () => reloadDocument(openText() ?? "")),
  command(
    "file.close",
    "Close file",
    isDesktop ? ["$mod+w"] : [], // browsers close the tab on it and cannot be kept from it
    () => (useSelection.getState().openFile === null ? "No file is open." : null),
    () => closeDocument(useSelection.getState().openFile ?? ""),
  ),
  command("request.send", "Send request", ["$mod+Enter"], needsFolder, sendRequest),
  command("request.stop", "Stop request", ["$mod+Shift+Enter"], () => (useComposer.getState().isRunning ? null : "No request is running."), stopRequest),
  command("trace.clear", "Clear traces", [], needsConnection, async () => void (await useServer.getState().client?.traces.clear())),
  command(
    "server.start",
    "Start server",
    [],
    () => (useServer.getState().state?.server.status === "serving" ? "The server runs." : needsFolder()),
    () => startServer(null),
  ),
  command("server.stop", "Stop server", [], needsServing, stopServer),
  command("server.copy", "Copy server address", [], needsServing, copyAddress),
  command("server.open", "Open server address in browser", [], needsServing, openAddress),
  command("view.explorer", "Show or hide files", ["$mod+b"], always, () => togglePane("explorer")),
  command("view.inspector", "Show or hide inspector", ["$mod+Alt+b"], always, () => togglePane("inspector")),
  command("view.bottom", "Show or hide traces and latency", ["$mod+j"], always, () => togglePane("bottom")),
  command("view.nextPane", "Go to next pane", ["F6"], always, () => focusPane(1)),
  command("view.previousPane", "Go to previous pane", ["Shift+F6"], always, () => focusPane(-1)),
  command("view.palette", "Search files and commands…", ["$mod+k", "$mod+p", "$mod+Shift+p", "F1"], always, openPalette),
  command("theme.light", "Use light theme", [], always, () => chooseTheme("light")),
  command("theme.dark", "Use dark theme", [], always, () => chooseTheme("dark")),
  command("theme.system", "Use the system’s theme", [], always, () => chooseTheme("system")),
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
const keyNames: Readonly<Record<string, string>> = isMac ? { $mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "⏎" } : { $mod: "Ctrl", Enter: "⏎" };

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
