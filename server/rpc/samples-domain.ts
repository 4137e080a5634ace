// The examples: the catalogue, copies of them, and templates of new scripts.
import type { Workbench } from "../app/workbench.js";
import { fingerprintOf, trustedSettings } from "../routing/trusted-settings.js";
import { Samples } from "../samples/samples.js";
import { readConfig } from "../workspace/config/config-file.js";
import { TrustedFolders } from "../workspace/trust/trusted-folders.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";
import { shownFolder } from "./shown-folder.js";

/** Of a folder that the workbench has just made: it holds nothing but its own files. */
async function ownFingerprint(root: string): Promise<string> {
  const read = await readConfig({ root, ruleIds: null });
  return fingerprintOf(read.ok ? trustedSettings(read.config) : []);
}
const trustOwn = async (root: string): Promise<void> => new TrustedFolders().grant(root, await ownFingerprint(root));

export const samplesDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const samples = new Samples();
  return {
    overview: os.samples.overview.handler(() => samples.overview()),
    copy: os.samples.copy.handler(({ input }) =>
      refusing(async () => {
        const copied = await samples.copy(input.folder);
        if (copied.isNew) await trustOwn(copied.root);
        return copied;
      }),
    ),
    makeFolder: os.samples.makeFolder.handler(({ input }) =>
      refusing(async () => {
        const { root, isNew } = await samples.makeFolder(input.folder);
        if (isNew) await trustOwn(root);
        return { root };
      }),
    ),
    changes: os.samples.changes.handler(() => refusing(() => samples.changes(folder.workspace().root))),
    reset: os.samples.reset.handler(({ input }) =>
      refusing(async () => {
        const workspace = shownFolder(folder, input);
        // The reset changes the folder's own configuration; a trust of this run alone stays one.
        const isRenewed = workspace.isTrustRecorded && workspace.configFile === null;
        const restored = await samples.reset(workspace.root);
        if (isRenewed) await workspace.grantTrust(await ownFingerprint(workspace.root));
        return { restored };
      }),
    ),
    compile: os.samples.compile.handler(({ input }) =>
      refusing(async () => {
        const { root, config } = shownFolder(folder, input);
        return { program: await samples.compile(root, input.path, config.links) };
      }),
    ),
  };
};
