// Opening and closing a folder, and choosing one where no native dialog is at hand.

import type { Workbench } from "../app/workbench.js";
import { foldersIn } from "../workspace/files/folders.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const workspaceDomain = (workbench: Workbench) => ({
  open: os.workspace.open.handler(({ input, signal }) =>
    refusing(async () => {
      await workbench.openFolder(input.path, null, null, signal);
      return null;
    }),
  ),
  close: os.workspace.close.handler(async () => {
    await workbench.closeFolder();
    return null;
  }),
  folders: os.workspace.folders.handler(({ input }) => refusing(() => foldersIn(input.path))),
});
