// The examples of such commands, for a folder that has none.
import { commandsFolder } from "../../../server/contract/commands-folder.js";
import { needsFolder } from "../../model/folder/command-needs.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { notify } from "../../platform/notices.js";
import { connected } from "../../rpc/store.js";

async function addExamples(): Promise<void> {
  const { workspace } = useWorkspace.getState();
  if (workspace === null) return;
  const added = await connected().ownCommands.addExamples({ root: workspace.root });
  const scripts = added.filter((name) => !name.endsWith(".json")).join(", ");
  const text = added.length === 0 ? "They are there already" : `Added ${scripts}`;
  notify("info", `${text}, in ${commandsFolder}. The palette (Ctrl K) and the menus have them in a trusted folder.`);
}

export const ownCommandsCommands = {
  "commands.examples": command(needsFolder, addExamples),
} satisfies Partial<Commands>;
