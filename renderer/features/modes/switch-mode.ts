// Another way to run a script: written into the folder's configuration by the
// server, which leaves the rest of it as it was.
import { type Mode, modeTraits } from "../../../server/contract/modes.js";
import { baseOf } from "../../format/file-path.js";
import { useFiles } from "../../model/folder/file-store.js";
import { notify, orNotify } from "../../platform/notices.js";
import { connected, useServer } from "../../rpc/store.js";

/** Reports the new mode with an Undo, or the reason of a failure. */
export async function switchMode(path: string, mode: Mode): Promise<void> {
  const { client } = useServer.getState();
  const before = useFiles.getState().byPath.get(path)?.mode ?? null;
  if (!client || before === null || before === mode) return;
  await orNotify(`The mode of ${baseOf(path)} was not changed`, async () => {
    const { token } = await client.workers.setMode({ script: path, mode });
    notify("info", `${baseOf(path)} now runs as ${modeTraits[mode].label}.`, {
      title: "Undo",
      run: () => void goBack(path, before, token),
    });
  });
}

const goBack = (path: string, before: Mode, token: string): Promise<void> =>
  orNotify(`The mode of ${baseOf(path)} was not changed back`, async () => {
    await connected().measure.undo({ token });
    notify("info", `${baseOf(path)} runs as ${modeTraits[before].label} again.`);
  });
