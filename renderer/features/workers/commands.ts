// Looking at the processes of FastCGI applications, and replacing them.
import { traitsOf } from "../../../server/contract/modes.js";
import { needsFolder } from "../../model/folder/command-needs.js";
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { askApplications, restartWorkersOf } from "./workers-actions.js";

const entry = () => useFiles.getState().byPath.get(targetPath() ?? "");
const isKept = (): boolean => traitsOf(entry()?.mode)?.keepsProcesses ?? false;

const needsExternal = (): string | null =>
  needsFolder() ??
  (useFiles.getState().elsewhere.length === 0
    ? "No route in cgi-workbench.json leads to an external application."
    : null);

export const workersCommands = {
  "workers.show": command(needsFolder, () => showBottomTab("workers")),
  "workers.restart": command(
    () => needsFolder() ?? (isKept() ? null : "Select a script that runs as FastCGI first."),
    async () => {
      const file = entry();
      if (file) await restartWorkersOf(file);
    },
  ),
  "workers.ask": command(needsExternal, async () => {
    showBottomTab("workers");
    await askApplications();
  }),
} satisfies Partial<Commands>;
