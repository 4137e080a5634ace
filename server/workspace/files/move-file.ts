// Renames a file, link or folder, but never replaces another. rename(2) would, and Node has no renameat2: a hard link,
// a new empty folder, or a new symbolic link fail instead if the name is taken.
import { type FileHandle, link, lstat, mkdir, open, readlink, rename, rmdir, symlink, unlink } from "node:fs/promises";
import { basename } from "node:path";
import { errorCode } from "../../base/disk.js";

/**
 * Absolute paths. @throws the system's error: EEXIST (or ENOTEMPTY) if `to` is taken, EXDEV if it is on another file
 * system
 */
export async function moveFile(from: string, to: string): Promise<void> {
  const stats = await lstat(from);
  if (await isOtherSpelling(from, to)) await rename(from, to);
  else if (stats.isDirectory()) await moveFolder(from, to);
  else if (stats.isSymbolicLink()) {
    await symlink(await readlink(from, "buffer"), to);
    await removeOld(from, to);
  } else await moveRegular(from, to);
}

/** A folder can be renamed over an empty one: one of ours, which mkdir could only make on a free path. */
async function moveFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  try {
    await rename(from, to);
  } catch (error) {
    await rmdir(to);
    throw error;
  }
}

async function moveRegular(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // No hard links on this file system, or none to another user's file: rename
    // over a file of ours that took the free path.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "ENOSYS"].includes(errorCode(error))) throw error;
    return overOwn(from, to, await open(to, "wx"));
  }
  await removeOld(from, to);
}

/** `to` is a second name now. If the old one cannot be removed, the new one is. */
async function removeOld(from: string, to: string): Promise<void> {
  try {
    await unlink(from);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return; // another program removed it: the new name is the only one
    await unlink(to).catch(() => {}); // what to report is why the file was not moved
    throw error;
  }
}

async function overOwn(from: string, to: string, own: FileHandle): Promise<void> {
  await own.close();
  try {
    await rename(from, to);
  } catch (error) {
    await unlink(to);
    throw error;
  }
}

/** On a file system that ignores case, the new spelling of a name is "taken" by the file itself. */
async function isOtherSpelling(from: string, to: string): Promise<boolean> {
  if (
    process.platform === "linux" ||
    from === to ||
    from.toLowerCase() !== to.toLowerCase() ||
    basename(from) === basename(to)
  )
    return false;
  // null: the path is free, and any way of moving works
  const [a, b] = await Promise.all([lstat(from), lstat(to).catch(() => null)]);
  return b !== null && a.ino === b.ino && a.dev === b.dev;
}
