// Opening and closing folders.
import { chooseAndOpenFolder, closeFolder } from "../../model/folder/open-folder.js";
import { type Command, command, needsConnection, needsFolder } from "../../platform/command.js";

export const workspaceCommands: readonly Command[] = [
  command("workspace.open", "Open folder…", ["$mod+o"], needsConnection, chooseAndOpenFolder),
  command("workspace.close", "Close folder", [], needsFolder, closeFolder),
];
