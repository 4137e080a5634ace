// Files, links and folders with everything below them: measured up to a limit, copied with bytes, modes, times and
// owner, removed whatever their modes are. Names are bytes, because a folder may contain names that are not UTF-8.
import { constants, type Stats } from "node:fs";
import {
  access,
  chmod,
  chown,
  copyFile,
  lchown,
  lstat,
  lutimes,
  mkdir,
  readdir,
  readlink,
  rm,
  symlink,
  utimes,
} from "node:fs/promises";
import { errorCode, NotRegularFile } from "../../base/disk.js";

/** What a tree may hold at most. */
export interface TreeBound {
  readonly bytes: number;
  readonly entries: number;
}

const slash = Buffer.from("/");
const below = (folder: Buffer, name: Buffer): Buffer<ArrayBuffer> => Buffer.concat([folder, slash, name]);

/**
 * The bytes of all files in a tree; null if they, or the number of entries, exceed the limit. Does not follow links.
 */
export async function measureTree(path: string, bound: TreeBound): Promise<number | null> {
  let bytes = 0;
  let entries = 0;
  const waiting = [Buffer.from(path)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const stats = await lstat(at);
    entries += 1;
    if (stats.isFile()) bytes += stats.size;
    if (bytes > bound.bytes || entries > bound.entries) return null;
    if (stats.isDirectory())
      for (const name of await readdir(at, { encoding: "buffer" })) waiting.push(below(at, name));
  }
  return bytes;
}

/** Copies a tree to a free path. @throws NotRegularFile for a pipe, a socket or a device, or the system's error */
export async function copyTree(from: string, to: string): Promise<void> {
  await copyEntry(Buffer.from(from), Buffer.from(to));
}

async function copyEntry(from: Buffer, to: Buffer): Promise<void> {
  const stats = await lstat(from);
  if (stats.isSymbolicLink()) {
    await symlink(await readlink(from, "buffer"), to);
    await keepOwner(stats, await lstat(to), (uid, gid) => lchown(to, uid, gid));
    return lutimes(to, stats.atime, stats.mtime);
  }
  if (stats.isDirectory()) {
    await mkdir(to, { mode: 0o700 });
    for (const name of await readdir(from, { encoding: "buffer" })) await copyEntry(below(from, name), below(to, name));
  } else if (stats.isFile()) await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  else throw new NotRegularFile(`${from.toString()} is not a regular file`);
  await keepOwner(stats, await lstat(to), (uid, gid) => chown(to, uid, gid));
  await chmod(to, stats.mode & 0o7777); // after chown, which clears the set-user-ID bits
  await utimes(to, stats.atime, stats.mtime);
}

async function keepOwner(
  wanted: Stats,
  fresh: Stats,
  change: (uid: number, gid: number) => Promise<void>,
): Promise<void> {
  if (wanted.uid === fresh.uid && wanted.gid === fresh.gid) return;
  try {
    await change(wanted.uid, wanted.gid);
  } catch (error) {
    if (errorCode(error) !== "EPERM") throw error; // another user's file: only root could keep that owner
  }
}

/**
 * Does nothing if `removeTree` may remove the whole tree. @throws the system's error for a folder of
 * another user that is not empty and not writable
 */
export async function checkRemovable(path: string): Promise<void> {
  const waiting = [Buffer.from(path)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const stats = await lstat(at);
    if (!stats.isDirectory()) continue;
    const names = await readdir(at, { encoding: "buffer" });
    if (names.length > 0 && stats.uid !== process.geteuid?.()) await access(at, constants.W_OK | constants.X_OK);
    for (const name of names) waiting.push(below(at, name));
  }
}

/** Removes a tree, with folders that are not writable. Does nothing if it does not exist. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    if (!["EACCES", "EPERM", "ENOTEMPTY"].includes(errorCode(error))) throw error;
    await openFolders(Buffer.from(path));
    await rm(path, { recursive: true, force: true });
  }
}

async function openFolders(path: Buffer): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o700);
  for (const name of await readdir(path, { encoding: "buffer" })) await openFolders(below(path, name));
}
