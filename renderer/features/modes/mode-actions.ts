// Another way to run a script: written into the folder's configuration by the
// server, which leaves the rest of it as it was.
import { type Mode, modeTraits } from "../../../server/contract/modes.js";
import { baseOf } from "../../format/file-path.js";
import { configFile } from "../../model/folder/config-file.js";
import { useFiles } from "../../model/folder/file-store.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import type { Client } from "../../rpc/connection.js";
import { useServer } from "../../rpc/store.js";

/** Reports the new mode with an Undo, or the reason of a failure. */
export async function switchMode(path: string, mode: Mode): Promise<void> {
  const { client } = useServer.getState();
  const before = useFiles.getState().byPath.get(path)?.mode ?? null;
  if (!client || before === null || before === mode) return;
  try {
    const wasWritten = await isConfigured(client, path);
    await client.workers.setMode({ script: path, mode });
    notify("info", `${baseOf(path)} now runs as ${modeTraits[mode].label}.`, {
      title: "Undo",
      run: () => void goBack(client, path, before, wasWritten),
    });
  } catch (error) {
    notifyFailure(`The mode of ${baseOf(path)} was not changed`, error);
  }
}

/** Without an entry of its own, when it had none. */
async function goBack(client: Client, path: string, before: Mode, wasWritten: boolean): Promise<void> {
  try {
    await client.workers.setMode({ script: path, mode: wasWritten ? before : null });
    notify("info", `${baseOf(path)} runs as ${modeTraits[before].label} again.`);
  } catch (error) {
    notifyFailure(`The mode of ${baseOf(path)} was not changed back`, error);
  }
}

/** Whether the configuration speaks of the script. */
async function isConfigured(client: Client, path: string): Promise<boolean> {
  if (!useFiles.getState().byPath.has(configFile)) return false;
  const content = await client.files.read({ path: configFile });
  return content.kind === "text" && content.text.includes(JSON.stringify(path));
}
