// Taking a request from a cURL command.
import { needsFolder } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openPasteDialog } from "./paste-store.js";

export const curlCommands = {
  "request.pasteCurl": command(needsFolder, openPasteDialog),
} satisfies Partial<Commands>;
