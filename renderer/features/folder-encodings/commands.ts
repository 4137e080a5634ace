// The view of all files' encodings, from the palette and the menu.
import { needsFolder } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";

export const folderEncodingsCommands = {
  "files.encodings": command(needsFolder, () => openDialog("encodings")),
} satisfies Partial<Commands>;
