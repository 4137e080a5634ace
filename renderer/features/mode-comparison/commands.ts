// The ways to run a script, from the palette, the menu and the button over the editor.
import { needsFolder } from "../../model/folder/command-needs.js";
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openModeComparison } from "../../platform/mode-comparison.js";

const script = (): string | null => {
  const entry = useFiles.getState().byPath.get(targetPath() ?? "");
  return entry?.mode != null && entry.target !== null ? entry.path : null;
};

export const modeComparisonCommands = {
  "script.waysToRun": command(
    () => needsFolder() ?? (script() === null ? "Select a script first." : null),
    () => {
      const path = script();
      if (path !== null) openModeComparison(path);
    },
  ),
} satisfies Partial<Commands>;
