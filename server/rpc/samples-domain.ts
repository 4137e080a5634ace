// The examples: the catalogue, copies of them, and templates of new scripts.
import type { Workbench } from "../app/workbench.js";
import { Samples } from "../samples/samples.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const samplesDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const samples = new Samples();
  return {
    overview: os.samples.overview.handler(() => samples.overview()),
    copy: os.samples.copy.handler(({ input }) => refusing(() => samples.copy(input.folder))),
    makeFolder: os.samples.makeFolder.handler(({ input }) =>
      refusing(async () => ({ root: await samples.makeFolder(input.folder) })),
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
