// Folders to open: from the user's text to a real path, or the reason why not; and the folders to choose from in a
// browser, which has no folder dialog that reveals a path.

import { constants, type Dirent } from "node:fs";
import { access, lstat, readdir, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { errorCode, unlessRefused } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { homeFolder } from "../../base/user-folders.js";
import { folderMessage } from "./messages.js";

const maxFolders = 1000;

/** An absolute path, or one that begins with `~`. @throws ProblemError for a relative one */
export function absoluteFolder(path: string): string {
  const whole = path === "~" || path.startsWith("~/") ? join(homeFolder(), path.slice(1)) : path;
  if (!isAbsolute(whole) || whole.includes("\0")) throw new ProblemError(folderMessage("relative-path", { path }));
  return resolve(whole);
}

/** The real path of an existing, readable folder. @throws ProblemError */
export async function openableFolder(path: string): Promise<string> {
  const folder = absoluteFolder(path);
  try {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) throw new ProblemError(folderMessage("not-a-folder", { path: folder }));
    await access(real, constants.R_OK | constants.X_OK);
    return real;
  } catch (error) {
    throw folderProblem(folder, error);
  }
}

/**
 * Distinguishes the folder at a real path from a later one there; null: there is none, or it cannot be reached.
 */
export async function folderIdentity(path: string): Promise<string | null> {
  const stats = await unlessRefused(lstat(path, { bigint: true }), null);
  return stats?.isDirectory() ? `${stats.dev}:${stats.ino}:${stats.birthtimeNs}` : null;
}

/**
 * Visible folders in `path` (null: the home folder), by name, at most 1,000. @throws ProblemError if it cannot be read
 */
export async function foldersIn(
  path: string | null,
): Promise<{ path: string; parent: string | null; folders: string[]; truncated: boolean }> {
  const folder = absoluteFolder(path ?? "~");
  try {
    const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith("."));
    const isFolder = await Promise.all(entries.map((entry) => leadsToFolder(folder, entry)));
    const names = entries.flatMap(({ name }, i) => (isFolder[i] ? [name] : [])).sort((a, b) => a.localeCompare(b));
    const parent = dirname(folder);
    return {
      path: folder,
      parent: parent === folder ? null : parent,
      folders: names.slice(0, maxFolders),
      truncated: names.length > maxFolders,
    };
  } catch (error) {
    throw folderProblem(folder, error);
  }
}

async function leadsToFolder(parent: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  // A link to a missing target is not a folder to open.
  return (await unlessRefused(stat(join(parent, entry.name)), null))?.isDirectory() ?? false;
}

/** Why a folder cannot be opened. Returns any other than a system error unchanged. */
function folderProblem(path: string, error: unknown): unknown {
  const errno = errorCode(error);
  if (errno === "" || error instanceof ProblemError) return error;
  const name = nameOf[errno];
  return new ProblemError(name ? folderMessage(name, { path }) : folderMessage("folder-unreadable", { path, errno }), {
    cause: error,
  });
}

const nameOf: Readonly<Record<string, "folder-missing" | "not-a-folder" | "no-permission">> = {
  ENOENT: "folder-missing",
  ENOTDIR: "not-a-folder",
  EACCES: "no-permission",
  EPERM: "no-permission",
};
