// The commands of the Help menu that have no feature of their own.
import { always, type Commands, command } from "../../platform/command-registry.js";
import { useHelp } from "./help-store.js";

export const helpCommands = {
  "help.shortcuts": command(always, () => useHelp.setState({ open: "shortcuts" })),
  "help.about": command(always, () => useHelp.setState({ open: "about" })),
} satisfies Partial<Commands>;
