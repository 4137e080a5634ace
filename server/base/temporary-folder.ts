// A folder in the system's temporary folder, for the time of one piece of work.
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { systemReason } from "./error-text.js";
import { temporaryMessage } from "./messages.js";
import { ProblemError } from "./problem.js";
import { temporaryRoot } from "./user-folders.js";

/** Resolves with the result of `work`, after which the folder is removed. @throws ProblemError if none can be made */
export async function inTemporaryFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const within = temporaryRoot();
  const folder = await mkdtemp(join(within, `cgi-workbench-${name}-`)).catch((error: unknown) => {
    throw new ProblemError(temporaryMessage("no-temporary-folder", { path: within, systemText: systemReason(error) }));
  });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
