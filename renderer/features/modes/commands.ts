// Choosing how a script is run.
import { needsFolder } from "../../model/folder/command-needs.js";
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { elementAt } from "../../platform/anchors.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
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
    if (file === undefined) return;
    // At the badge that shows the current mode; else at the script's row, which has none for plain CGI, or its editor.
    const { path } = file;
    const place = elementAt(`explorer.row.${path}`) ?? elementAt("editor.bar");
    if (place) openModeMenu(path, place);
  }),
  "script.deploy": command(needsScript, () => openDialog("deploy", targetPath())),
} satisfies Partial<Commands>;
