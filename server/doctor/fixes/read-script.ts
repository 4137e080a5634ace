// A script on disk, as far as a fix can read it.
import { ProblemError } from "../../base/problem.js";
import type { FileBytes } from "../../workspace/files/file-contents.js";

interface ReadableFolder {
  readBytes(path: string): Promise<FileBytes | null>;
  /** The file's mode from stat; null if the file does not exist. @throws ProblemError */
  modeOf(path: string): Promise<number | null>;
}
type ScriptBytes = Pick<FileBytes, "mode"> & {
  /** Null: the script is larger than what the editor opens, or there is no permission to read it. */
  readonly bytes: FileBytes["bytes"] | null;
};

/** Null if there is no such file. @throws ProblemError */
export async function readScript(folder: ReadableFolder, path: string): Promise<ScriptBytes | null> {
  try {
    return await folder.readBytes(path);
  } catch (error) {
    if (!(error instanceof ProblemError) || !unreadCodes.has(error.problem.code)) throw error;
    const mode = await folder.modeOf(path);
    return mode === null ? null : { bytes: null, mode };
  }
}

const unreadCodes: ReadonlySet<string> = new Set(["too-large", "no-permission"]);
