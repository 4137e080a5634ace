// Taking a request from a cURL command.
import { needsFolder } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";

export const curlCommands = {
  "request.pasteCurl": command(needsFolder, () => openDialog("paste-curl")),
} satisfies Partial<Commands>;
