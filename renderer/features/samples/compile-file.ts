// Compiling the C source in the editor.
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";

export async function compileOpenFile(): Promise<void> {
  const path = useSelection.getState().openFile;
  const { client } = useServer.getState();
  const root = useWorkspace.getState().workspace?.root ?? null;
  if (path === null || !client) return;
  const { program } = await client.samples.compile({ root, path });
  notify("info", `${path} was compiled to ${program}.`);
}
