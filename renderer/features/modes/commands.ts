// Choosing how a script is run.
import { needsFolder } from "../../model/folder/command-needs.js";
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { elementAt } from "../../platform/anchors.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { modeChoices } from "./mode-choices.js";
import { openModeMenu } from "./mode-menu-store.js";

const entry = () => useFiles.getState().byPath.get(targetPath() ?? "");

function needsScript(): string | null {
  const file = entry();
  return needsFolder() ?? (file === undefined || modeChoices(file).length === 0 ? "Select a script first." : null);
}

export const modeCommands = {
  "script.mode": command(needsScript, () => {
    const file = entry();
    // At the badge that shows the current mode; else near the focus.
    const badge = file && (elementAt(`mode.${file.path}`) ?? elementAt("editor.bar"));
    if (file && badge) openModeMenu(file.path, badge);
  }),
} satisfies Partial<Commands>;
