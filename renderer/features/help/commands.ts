// The commands of the Help menu that have no feature of their own.
import { always, type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";

export const helpCommands = {
  "help.documentation": command(always, () => openDialog("documentation")),
  "help.shortcuts": command(always, () => openDialog("shortcuts")),
  "help.about": command(always, () => openDialog("about")),
} satisfies Partial<Commands>;
