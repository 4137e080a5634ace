// Opening and closing folders.
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { endFolderTrust, trustFolder, whyNotEndTrust, whyNotTrust } from "../../model/folder/folder-trust.js";
import { chooseAndOpenFolder, closeFolder } from "../../model/folder/open-folder.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";

export const workspaceCommands = {
  "workspace.open": command(needsConnection, chooseAndOpenFolder),
  "workspace.adopt": command(needsConnection, () => openDialog("adopt")),
  "workspace.close": command(needsFolder, closeFolder),
  "workspace.trust": command(whyNotTrust, trustFolder),
  "workspace.endTrust": command(whyNotEndTrust, endFolderTrust),
} satisfies Partial<Commands>;
