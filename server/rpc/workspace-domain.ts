// Opening and closing a folder, and choosing one where there is no native dialog.

import type { Workbench } from "../app/workbench.js";
import { foldersIn } from "../workspace/files/folders.js";
import { os } from "./implementer.js";

export const workspaceDomain = ({ folder }: Pick<Workbench, "folder">) => ({
  open: os.workspace.open.handler(async ({ input, signal }) => {
    await folder.open(input.path, { signal: signal ?? null });
    return null;
  }),
  close: os.workspace.close.handler(async () => {
    await folder.close();
    return null;
  }),
  trust: os.workspace.trust.handler(async ({ input }) => {
    await folder.trust(input.root, input.fingerprint);
    return null;
  }),
  endTrust: os.workspace.endTrust.handler(async ({ input }) => {
    await folder.endTrust(input.root);
    return null;
  }),
  folders: os.workspace.folders.handler(({ input }) => foldersIn(input.path)),
});
