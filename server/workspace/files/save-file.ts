// Saves a file: writes a new file beside the old one, then renames it, so that nobody reads a part of it. Only if the
// old one has not changed since the editor read it; mode and owner stay, and a link stays a link. A file is written in
// place if it has several hard links, because a rename would leave the other names with the old text, or if its folder
// may not be written to.
import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode, readBounded, unlessMissing } from "../../base/disk.js";
import { moveFile } from "./move-file.js";
import { hashOf } from "./text-file.js";

/** A file larger than this cannot be what the editor read, so it is not hashed. */
const maxComparedBytes = 64 << 20;

/** Of the file as the save left it, whatever was done to it since; as the file list has them. */
export interface SavedFacts {
  readonly sizeBytes: number;
  readonly modifiedAt: number;
  readonly executable: boolean;
}

/**
 * `conflict`: the file differs from what the editor read, and nothing was written; `hash` null: it no longer exists.
 */
type FileSaved =
  | { readonly kind: "saved"; readonly hash: string; readonly facts: SavedFacts }
  | { readonly kind: "conflict"; readonly hash: string | null };

/** `file`: absolute and without links. `expectedHash` null: it must not exist yet; `executable`: then it is. */
export async function saveFile(
  file: string,
  bytes: Uint8Array,
  expectedHash: string | null,
  executable = false,
): Promise<FileSaved> {
  const before = await currentHash(file);
  if (before !== expectedHash) return { kind: "conflict", hash: before };
  if (expectedHash === null) return saveBeside(file, bytes, null, executable);
  const old = await stat(file);
  if (old.nlink > 1) return saveInPlace(file, bytes, expectedHash);
  try {
    return await saveBeside(file, bytes, { stats: old, hash: expectedHash });
  } catch (error) {
    // The folder takes no new file, or gives no other user's file away (sticky); the file itself may be writable.
    if (!["EACCES", "EPERM"].includes(errorCode(error))) throw error;
    return saveInPlace(file, bytes, expectedHash);
  }
}

/** `old` null: there must be no file yet. */
async function saveBeside(
  file: string,
  bytes: Uint8Array,
  old: { readonly stats: Stats; readonly hash: string } | null,
  executable = false,
): Promise<FileSaved> {
  // Hidden, with a name that is never served: a request at this moment must not get an incomplete file.
  const draft = join(dirname(file), `.${beginningOf(basename(file))}.${randomUUID()}.swp`);
  // The draft of a private file is private from its first byte.
  const handle = await open(draft, "wx", old === null ? (executable ? 0o777 : 0o666) : 0o600);
  let facts: SavedFacts;
  try {
    try {
      if (old !== null) await likeTheOld(handle, old.stats);
      await handle.writeFile(bytes);
      await handle.sync();
      facts = factsOf(await handle.stat());
    } finally {
      await handle.close();
    }
    if (old === null)
      return (await createFrom(draft, file))
        ? { kind: "saved", hash: hashOf(bytes), facts }
        : { kind: "conflict", hash: await currentHash(file) };
    const now = await currentHash(file); // again, as late as possible: writing took time
    if (now !== old.hash) return { kind: "conflict", hash: now };
    await rename(draft, file);
    return { kind: "saved", hash: hashOf(bytes), facts };
  } finally {
    await removeDraft(draft);
  }
}

const factsOf = ({ size, mtimeMs, mode }: Stats): SavedFacts => ({
  sizeBytes: size,
  modifiedAt: mtimeMs,
  executable: (mode & 0o111) !== 0,
});

/** What `saveFile` compares with; null if the file does not exist. */
export async function currentHash(file: string): Promise<string | null> {
  const read = await unlessMissing(readBounded(file, maxComparedBytes), null);
  return read?.kind === "too-large" ? "too large to compare" : read && hashOf(read.bytes);
}

async function likeTheOld(handle: FileHandle, old: Stats): Promise<void> {
  const fresh = await handle.stat();
  if (old.uid !== fresh.uid || old.gid !== fresh.gid) {
    try {
      await handle.chown(old.uid, old.gid);
    } catch (error) {
      // another user's file in our folder: it becomes ours, as with any editor
      if (errorCode(error) !== "EPERM") throw error;
      await keepGroup(handle, fresh.uid, old.gid);
    }
  }
  await handle.chmod(withoutSetId(old.mode));
}

/** The group's rights are those of the file's group, often the server's: it stays if it is one of the user's. */
async function keepGroup(handle: FileHandle, uid: number, gid: number): Promise<void> {
  try {
    await handle.chown(uid, gid);
  } catch (error) {
    if (errorCode(error) !== "EPERM") throw error;
  }
}

/** New text must not run with another user's rights because the old text did. */
const withoutSetId = (mode: number): number => mode & 0o1777;

/** Through the one file that all its names share. What was there comes back if the new text cannot be written. */
async function saveInPlace(file: string, bytes: Uint8Array, expectedHash: string | null): Promise<FileSaved> {
  const handle = await open(file, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { mode } = await handle.stat();
    const old = await handle.readFile();
    const now = hashOf(old);
    if (now !== expectedHash) return { kind: "conflict", hash: now };
    if (mode !== (mode & ~0o6000)) await handle.chmod(withoutSetId(mode));
    try {
      await writeWhole(handle, bytes);
    } catch (error) {
      await writeWhole(handle, old);
      throw error;
    }
    return { kind: "saved", hash: hashOf(bytes), facts: factsOf(await handle.stat()) };
  } finally {
    await handle.close();
  }
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
  await handle.truncate(bytes.length);
  await handle.sync();
}

/** Moves the draft to a free path. False if a file appeared there. */
async function createFrom(draft: string, file: string): Promise<boolean> {
  try {
    await moveFile(draft, file);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Once it is renamed, nothing is left to remove. */
const removeDraft = (draft: string): Promise<void> => unlessMissing(unlink(draft), undefined);

/** So much of a name that a draft's name is short enough for every file system, which count bytes: 255 at most. */
const beginningOf = (name: string): string => Buffer.from(name).subarray(0, 80).toString();
