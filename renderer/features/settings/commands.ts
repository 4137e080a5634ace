// Settings, and the size of the editor's letters, which has commands of its own because it changes with the room one sits in.
import { isFontPx, openSettings, setEditor, useEditorSettings } from "../../model/documents/editor-settings.js";
import { always, type Command, command } from "../../platform/command.js";

const resize = (byPx: number): void => {
  const fontPx = Math.round(useEditorSettings.getState().fontPx + byPx);
  if (isFontPx(fontPx)) setEditor({ fontPx });
};

export const settingsCommands: readonly Command[] = [
  command("settings.open", "Settings…", ["$mod+,"], always, openSettings),
  command("editor.larger", "Enlarge the editor’s letters", [], always, () => resize(1)),
  command("editor.smaller", "Reduce the editor’s letters", [], always, () => resize(-1)),
];
