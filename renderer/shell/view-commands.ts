// Panes, panels, palette and theme.
import { needsFolder } from "../model/folder/command-needs.js";
import { always, type Commands, command } from "../platform/command-registry.js";
import { openDialog } from "../platform/dialogs.js";
import { focusPane, keepingFocus } from "../platform/focus-pane.js";
import { isGraphOpen, showGraph, togglePane, useLayout } from "../platform/layout-store.js";
import { toggleProjector } from "../platform/projector.js";
import { chooseTheme } from "../platform/theme.js";
import { windowHeight } from "./use-window-height.js";

export const viewCommands = {
  "view.explorer": command(always, () => keepingFocus(() => togglePane("explorer"))),
  "view.inspector": command(always, () => keepingFocus(() => togglePane("inspector"))),
  "view.bottom": command(always, () => keepingFocus(() => togglePane("bottom"))),
  "view.graph": command(always, () => {
    const layout = useLayout.getState();
    showGraph(!(layout.inspector && isGraphOpen(layout, windowHeight())));
  }),
  "view.nextPane": command(always, () => focusPane(1)),
  "view.previousPane": command(always, () => focusPane(-1)),
  "view.palette": command(always, () => openDialog("palette")),
  "view.projector": command(always, toggleProjector),
  "view.goTo": command(needsFolder, () => openDialog("link")),
  "theme.light": command(always, () => chooseTheme("light")),
  "theme.dark": command(always, () => chooseTheme("dark")),
  "theme.system": command(always, () => chooseTheme("system")),
} satisfies Partial<Commands>;
