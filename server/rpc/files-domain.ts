// The workspace's files, for explorer and editor.

import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { Semaphore } from "../base/semaphore.js";
import { versionContent } from "../workspace/files/text-file.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { shownFolder } from "./shown-folder.js";

/** Files that are read at once. A page that asks for 256 large files would else get them all into memory. */
const maxReads = 4;

export const filesDomain = ({ folder, stores }: Pick<Workbench, "folder" | "stores">) => {
  const reads = new Semaphore(maxReads);
  const shown = (input: { readonly root: string | null }) => shownFolder(folder, input);
  /** A change without a result. */
  const doing = async (work: () => Promise<void>): Promise<null> => {
    await work();
    return null;
  };
  return {
    list: os.files.list.handler(({ input }) => folder.workspace().listChanges(input.since)),
    read: os.files.read.handler(({ input, signal = never }) =>
      reads.run(async () => {
        signal.throwIfAborted(); // the page has closed while this read waited
        return await folder.workspace().read(input.path, input.encoding);
      }),
    ),
    range: os.files.range.handler(({ input }) =>
      reads.run(async () => {
        const bytes = await folder.workspace().readRange(input.path, input.from, input.length);
        return { base64: bytes.toString("base64") };
      }),
    ),
    write: os.files.write.handler(({ input }) => shown(input).write(input.path, input)),
    create: os.files.create.handler(({ input }) => doing(() => shown(input).changes.create(input.path, input))),
    createFolder: os.files.createFolder.handler(({ input }) =>
      doing(() => shown(input).changes.createFolder(input.path)),
    ),
    copy: os.files.copy.handler(({ input }) => doing(() => shown(input).changes.copy(input.from, input.to))),
    move: os.files.move.handler(({ input }) => doing(() => shown(input).changes.move(input.from, input.to))),
    remove: os.files.remove.handler(async ({ input }) => ({
      token: await shown(input).changes.remove(input.path, input.forGood),
    })),
    restore: os.files.restore.handler(async ({ input }) => ({ path: await shown(input).changes.restore(input.token) })),
    setExecutable: os.files.setExecutable.handler(({ input }) =>
      doing(() => shown(input).changes.setExecutable(input.path, input.executable)),
    ),
    version: os.files.version.handler(async ({ input }) => {
      const bytes = await stores.version(input.hash);
      if (bytes === null) throw new ProblemError(callMessage("version-not-kept"));
      return versionContent(bytes, input.encoding);
    }),
  };
};
