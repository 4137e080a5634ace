// The examples: the catalogue, copies of them, and templates of new scripts.
import type { Workbench } from "../app/workbench.js";
import { fingerprintOf } from "../routing/trusted-settings.js";
import { Samples } from "../samples/samples.js";
import { TrustedFolders } from "../workspace/trust/trusted-folders.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";

/** A folder that the workbench has just made holds nothing but its own scripts. */
const trustOwn = (root: string): Promise<void> => new TrustedFolders().grant(root, fingerprintOf([]));

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
    reset: os.samples.reset.handler(() =>
      refusing(async () => ({ restored: await samples.reset(folder.workspace().root) })),
    ),
    compile: os.samples.compile.handler(({ input }) =>
      refusing(async () => ({ program: await samples.compile(folder.workspace().root, input.path) })),
    ),
  };
};
