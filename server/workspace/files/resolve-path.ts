// Resolves a path of the workspace to its real path, so that reading and saving follow links without leaving the
// workspace.
import { readlink, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { errorCode, unlessMissing } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { utf8 } from "../../protocol/byte-string.js";
import type { Containment } from "../../routing/containment.js";
import { fileMessage } from "./messages.js";
import { resolveNewEntry } from "./resolve-entry.js";

/**
 * The absolute path without links; for a file that does not exist yet, the path at which it would be created.
 * @throws ProblemError if a link leads out of the workspace, or the system's error if its folder is missing
 */
export async function resolveExisting(root: string, path: string, containment: Containment): Promise<string> {
  const asked = join(root, path);
  const existing = await realOrNull(asked);
  const real = existing ?? join(await realpath(dirname(asked)), basename(asked));
  if (containment.isInside(utf8(existing ?? dirname(real)), utf8(root))) return real;
  throw new ProblemError(fileMessage("outside", { path, target: real }));
}

/**
 * The same for a file that is to be created: makes missing folders above it, and follows a link whose target is
 * missing.
 * @throws ProblemError if a link leads out of the workspace, or into a missing folder
 */
export async function resolveMissing(root: string, path: string, containment: Containment): Promise<string> {
  let file = await resolveExisting(root, path, containment).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return resolveNewEntry(root, path, containment);
    throw error;
  });
  for (let target = await targetOrNull(file); target !== null; target = await targetOrNull(file)) {
    const asked = isAbsolute(target) ? target : `${dirname(file)}/${target}`;
    const folder = await realOrNull(dirname(asked));
    if (folder === null) throw new ProblemError(fileMessage("link-to-missing-folder", { path, target }));
    file = join(folder, basename(asked));
    if (!containment.isInside(utf8(folder), utf8(root)))
      throw new ProblemError(fileMessage("outside", { path, target: file }));
  }
  return file;
}

/** Where a link leads, as it says; null if this is none. */
async function targetOrNull(path: string): Promise<string | null> {
  try {
    return await readlink(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === "EINVAL" || code === "ENOENT") return null;
    throw error;
  }
}

const realOrNull = (path: string): Promise<string | null> => unlessMissing(realpath(path), null);
