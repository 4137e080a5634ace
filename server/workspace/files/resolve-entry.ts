// Where the name of a file or folder is: the folder that holds it, without links, and the name in it. A link is meant itself, not
// what it leads to; hidden names, and whatever lies behind a link out of the workspace, are left alone.
import { mkdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { utf8 } from "../../protocol/byte-string.js";
import { type Containment, pathWithin } from "../../routing/containment.js";
import { isSkipped } from "./file-list.js";

/** The absolute path. @throws ProblemError when it may not be changed, or the system's error when its folder is missing */
export async function resolveEntry(root: string, path: string, containment: Containment): Promise<string> {
  const { folder, name } = split(path);
  return join(await folderPlace(root, path, folder, containment), name);
}

/** The same; folders that are missing above it are made. */
export async function resolveNewEntry(root: string, path: string, containment: Containment): Promise<string> {
  const { folder, name } = split(path);
  return join(await makeFolder(root, path, folder, containment), name);
}

function split(path: string): { folder: string; name: string } {
  const hidden = path.split("/").find(isSkipped);
  if (hidden !== undefined)
    throw new ProblemError(
      "hidden",
      `${path} is hidden: the workbench neither lists nor changes node_modules and names that begin with a dot.`,
      "Choose another name.",
      { data: { path } },
    );
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
    if (errorCode(error) !== "EEXIST") throw error; // somebody else was faster, or it is a link to nothing: looked at below
  }
  return folderPlace(root, path, folder, containment);
}

async function folderPlace(root: string, path: string, folder: string, containment: Containment): Promise<string> {
  const real = await realpath(join(root, folder));
  if (!containment.isInside(utf8(real), utf8(root)))
    throw new ProblemError(
      "outside",
      `${path} lies behind a link that leads out of the workspace, to ${real}.`,
      'To allow it, list the target under "links" in cgi-workbench.json.',
      { data: { path, target: real } },
    );
  refuseHidden(real, root, path);
  return real;
}

/** `real`: without links. @throws ProblemError when it is hidden, or in a hidden folder, under whatever name it was asked for */
export function refuseHidden(real: string, root: string, path: string): void {
  if (pathWithin(utf8(real), utf8(root))?.split("/").some(isSkipped))
    throw new ProblemError(
      "hidden",
      `${path} is a link to a hidden file or folder.`,
      "Choose another file or folder.",
      { data: { path } },
    );
}
