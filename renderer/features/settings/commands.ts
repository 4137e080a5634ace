// Settings, and the size of the editor's letters, which has commands of its own
// because it changes with the room one sits in.
import { isFontPx, setEditor, useEditorSettings } from "../../model/documents/editor-settings.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";

const resize = (byPx: number): void => {
  const fontPx = Math.round(useEditorSettings.getState().fontPx + byPx);
  if (isFontPx(fontPx)) setEditor({ fontPx });
};

export const settingsCommands = {
  "settings.open": command(always, () => openDialog("settings")),
  "editor.larger": command(always, () => resize(1)),
  "editor.smaller": command(always, () => resize(-1)),
} satisfies Partial<Commands>;
