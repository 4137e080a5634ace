// Panes, panels, palette and theme.
import { always, type Command, command } from "../platform/command.js";
import { togglePane } from "../platform/layout-store.js";
import { openPalette } from "../platform/palette-store.js";
import { toggleProjector } from "../platform/projector.js";
import { chooseTheme } from "../platform/theme.js";
import { focusPane } from "./focus-pane.js";

export const viewCommands: readonly Command[] = [
  command("view.explorer", "Show or hide files", ["$mod+b"], always, () => togglePane("explorer")),
  command("view.inspector", "Show or hide inspector", ["$mod+Alt+b"], always, () => togglePane("inspector")),
  command("view.bottom", "Show or hide traces and latency", ["$mod+j"], always, () => togglePane("bottom")),
  command("view.nextPane", "Go to next pane", ["F6"], always, () => focusPane(1)),
  command("view.previousPane", "Go to previous pane", ["Shift+F6"], always, () => focusPane(-1)),
  command("view.palette", "Search files and commands…", ["$mod+k", "$mod+Shift+p", "F1"], always, openPalette),
  command("view.projector", "Switch large type on or off", [], always, toggleProjector),
  command("theme.light", "Use light theme", [], always, () => chooseTheme("light")),
  command("theme.dark", "Use dark theme", [], always, () => chooseTheme("dark")),
  command("theme.system", "Use the system’s theme", [], always, () => chooseTheme("system")),
];
