// Opening and closing folders.
import { type Command, command, needsConnection, needsFolder } from "../../app/command.js";
import { chooseAndOpenFolder, closeFolder } from "./open-folder.js";

export const workspaceCommands: readonly Command[] = [
  command("workspace.open", "Open folder…", ["$mod+o"], needsConnection, chooseAndOpenFolder),
  command("workspace.close", "Close folder", [], needsFolder, closeFolder),
];
