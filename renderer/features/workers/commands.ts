// Looking at the processes of FastCGI applications, and replacing them.
import { traitsOf } from "../../../server/contract/modes.js";
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Command, command, needsFolder } from "../../platform/command.js";
import { askApplications, restartWorkersOf } from "./workers-actions.js";

const entry = () => useFiles.getState().byPath.get(targetPath() ?? "");
const isKept = (): boolean => traitsOf(entry()?.mode)?.keepsProcesses ?? false;

const needsElsewhere = (): string | null =>
  needsFolder() ??
  (useFiles.getState().elsewhere.length === 0
    ? "No route in cgi-workbench.json leads to an application elsewhere."
    : null);

export const workersCommands: readonly Command[] = [
  command("workers.show", "Show workers", [], needsFolder, () => showBottomTab("workers")),
  command(
    "workers.restart",
    "Restart workers of this script",
    [],
    () => needsFolder() ?? (isKept() ? null : "Choose a script that runs as FastCGI first."),
    async () => {
      const file = entry();
      if (file) await restartWorkersOf(file);
    },
  ),
  command("workers.ask", "See whether applications elsewhere are there", [], needsElsewhere, async () => {
    showBottomTab("workers");
    await askApplications();
  }),
];
