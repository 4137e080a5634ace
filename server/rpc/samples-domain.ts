// The examples: the catalogue, copies of them, and templates of new scripts.
import type { Workbench } from "../app/workbench.js";
import { Samples } from "../samples/samples.js";
import { os } from "./implementer.js";
import { ownFingerprint, trustOwn } from "./own-folder.js";
import { shownFolder } from "./shown-folder.js";

export const samplesDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const samples = new Samples();
  return {
    overview: os.samples.overview.handler(() => samples.overview()),
    copy: os.samples.copy.handler(async ({ input }) => {
      const copied = await samples.copy(input.folder);
      if (copied.isNew) await trustOwn(copied.root);
      return copied;
    }),
    makeFolder: os.samples.makeFolder.handler(async ({ input }) => {
      const { root, isNew } = await samples.makeFolder(input.folder);
      if (isNew) await trustOwn(root);
      return { root };
    }),
    changes: os.samples.changes.handler(() => samples.changes(folder.workspace().root)),
    reset: os.samples.reset.handler(async ({ input }) => {
      const workspace = shownFolder(folder, input);
      // The reset changes the folder's own configuration; a trust of this run alone stays one.
      const isRenewed = workspace.isTrustRecorded && workspace.configFile === null;
      const restored = await samples.reset(workspace.root);
      if (isRenewed) await workspace.grantTrust(await ownFingerprint(workspace.root));
      return { restored };
    }),
    compile: os.samples.compile.handler(async ({ input }) => {
      const { root, config } = shownFolder(folder, input);
      return { program: await samples.compile(root, input.path, config.links) };
    }),
  };
};
