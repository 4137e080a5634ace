// Saves a file whole or not at all: written beside the old one, then put in its place. Only when the old one still is what the editor
// read; mode and owner stay, and a link stays a link.
import { randomUUID } from "node:crypto";
import { type FileHandle, link, lstat, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode, readBounded } from "../../base/disk.js";
import { hashOf } from "./text-file.js";

/** A file that grew beyond this since it was read is not what the editor read: it is not hashed to find that out. */
const maxComparedBytes = 64 << 20;

/** `conflict`: the file is not what the editor read, and nothing was written; `hash` null: it is gone. */
export type FileSaved =
  | { readonly kind: "saved"; readonly hash: string }
  | { readonly kind: "conflict"; readonly hash: string | null };

/** `file`: absolute and without links. `expectedHash` null: it must not exist yet. */
export async function saveFile(file: string, bytes: Uint8Array, expectedHash: string | null): Promise<FileSaved> {
  const before = await currentHash(file);
  if (before !== expectedHash) return { kind: "conflict", hash: before };
  // Hidden, and a name that is never served: a request at this very moment must not find half a file.
  const draft = join(dirname(file), `.${basename(file).slice(0, 80)}.${randomUUID()}.swp`);
  const handle = await open(draft, "wx", 0o666);
  try {
    try {
      await handle.writeFile(bytes);
      if (expectedHash !== null) await likeTheOld(handle, file);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (expectedHash === null)
      return (await createFrom(draft, file))
        ? { kind: "saved", hash: hashOf(bytes) }
        : { kind: "conflict", hash: await currentHash(file) };
    const now = await currentHash(file); // again, as late as possible: writing took its time
    if (now !== expectedHash) return { kind: "conflict", hash: now };
    await rename(draft, file);
    return { kind: "saved", hash: hashOf(bytes) };
  } finally {
    await removeDraft(draft);
  }
}

/** Null when there is no such file. */
async function currentHash(file: string): Promise<string | null> {
  try {
    const read = await readBounded(file, maxComparedBytes);
    return read.kind === "read" ? hashOf(read.bytes) : "too large to compare";
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

async function likeTheOld(handle: FileHandle, file: string): Promise<void> {
  const [old, fresh] = await Promise.all([stat(file), handle.stat()]);
  if (old.uid !== fresh.uid || old.gid !== fresh.gid) {
    try {
      await handle.chown(old.uid, old.gid);
    } catch (error) {
      if (errorCode(error) !== "EPERM") throw error; // somebody else's file in a folder of ours: it becomes ours, as with any editor
    }
  }
  await handle.chmod(old.mode & 0o7777); // after chown, which takes the set-user-ID bits away
}

/** Puts the draft where nothing is yet. False when something appeared there: a hard link, unlike a rename, replaces nothing. */
async function createFrom(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw error;
  }
  // A file system without hard links: look, then rename.
  if (await exists(file)) return false;
  await rename(draft, file);
  return true;
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function removeDraft(draft: string): Promise<void> {
  try {
    await unlink(draft);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error; // renamed into place: nothing is left to remove
  }
}
