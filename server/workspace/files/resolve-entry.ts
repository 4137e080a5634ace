// Resolves the name of a file or folder: the real path of the folder that contains it, and its name there. A link means
// the link itself, not its target; hidden names, and everything behind a link out of the workspace, are refused.
import { mkdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { utf8 } from "../../protocol/byte-string.js";
import { type Containment, pathWithin } from "../../routing/containment.js";
import { isSkipped } from "./file-list.js";
import { fileMessage } from "./messages.js";

/** The absolute path. @throws ProblemError if it may not be changed, or the system's error if its folder is missing */
export async function resolveEntry(root: string, path: string, containment: Containment): Promise<string> {
  const { folder, name } = split(path);
  return join(await folderPlace(root, path, folder, containment), name);
}

/** The same; creates missing folders above it. */
export async function resolveNewEntry(root: string, path: string, containment: Containment): Promise<string> {
  const { folder, name } = split(path);
  return join(await makeFolder(root, path, folder, containment), name);
}

function split(path: string): { folder: string; name: string } {
  const hidden = path.split("/").find(isSkipped);
  if (hidden !== undefined) throw new ProblemError(fileMessage("hidden", { path }));
  const folder = dirname(path);
  return { folder: folder === "." ? "" : folder, name: path.slice(path.lastIndexOf("/") + 1) };
}

async function makeFolder(root: string, path: string, folder: string, containment: Containment): Promise<string> {
  try {
    return await folderPlace(root, path, folder, containment);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || folder === "") throw error;
  }
  const made = await resolveNewEntry(root, folder, containment);
  try {
    await mkdir(made);
  } catch (error) {
    // another program was faster, or it is a link to a missing target: examined below
    if (errorCode(error) !== "EEXIST") throw error;
  }
  return folderPlace(root, path, folder, containment);
}

async function folderPlace(root: string, path: string, folder: string, containment: Containment): Promise<string> {
  const real = await realpath(join(root, folder));
  if (!containment.isInside(utf8(real), utf8(root)))
    throw new ProblemError(fileMessage("behind-link-outside", { path, target: real }));
  refuseHidden(real, root, path);
  return real;
}

/**
 * `real`: without links. @throws ProblemError if it is hidden, or in a hidden folder, by whatever name it was requested
 */
export function refuseHidden(real: string, root: string, path: string): void {
  if (pathWithin(utf8(real), utf8(root))?.split("/").some(isSkipped))
    throw new ProblemError(fileMessage("link-to-hidden", { path }));
}
