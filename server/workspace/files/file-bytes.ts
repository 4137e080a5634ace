// A file of the workspace as bytes, for callers that handle scripts in any charset.

import { errorCode, readBounded, readRange } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import type { Containment } from "../../routing/containment.js";
import { fileProblem } from "./file-problem.js";
import { fileMessage } from "./messages.js";
import { resolveExisting } from "./resolve-path.js";
import { maxTextBytes } from "./text-file.js";

export interface FileBytes {
  readonly bytes: Uint8Array;
  /** As in stat. */
  readonly mode: number;
}

/** Null if the file does not exist. @throws ProblemError if it cannot be read, or is larger than the editor opens */
export async function fileBytes(root: string, path: string, containment: Containment): Promise<FileBytes | null> {
  try {
    const read = await readBounded(await resolveExisting(root, path, containment), maxTextBytes);
    if (read.kind === "too-large") throw new ProblemError(fileMessage("too-large", { path, maxBytes: maxTextBytes }));
    return read;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw fileProblem(error, path);
  }
}

/** Bytes of a file of any size; fewer where it ends. @throws ProblemError */
export async function fileRange(
  root: string,
  path: string,
  containment: Containment,
  range: { readonly from: number; readonly length: number },
): Promise<Buffer> {
  try {
    return await readRange(await resolveExisting(root, path, containment), range.from, range.length);
  } catch (error) {
    throw fileProblem(error, path);
  }
}
