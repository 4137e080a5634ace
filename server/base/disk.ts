// The file system as the rest of the server sees it: paths as bytes, errors by their code, reads with a bound.
import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { constants as osConstants } from "node:os";
import type { ByteString } from "../contract/bytes-text.js";

/** A path of bytes as `node:fs` accepts it. */
export function diskPath(path: ByteString): string | Buffer {
  return /[\x80-\xff]/.test(path) ? Buffer.from(path, "latin1") : path;
}

/** Whether an absolute path is `folder` or below it, as it is written: links are not followed. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === "/" || path === folder || path.startsWith(`${folder}/`);

/** The code of a system error, such as "ENOENT"; "" for any other error. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  return code === namelessQuota ? "EDQUOT" : code;
}

/** A user's quota is full (EDQUOT): Node has no name for it. */
const namelessQuota = `Unknown system error -${osConstants.errno.EDQUOT}`;

/** What a reading gives; `instead` where nothing has the path. Rejects with the reading's other failures. */
export async function unlessMissing<T, Instead>(reading: Promise<T>, instead: Instead): Promise<T | Instead> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return instead;
    throw error;
  }
}

/** What a reading gives; `instead` if the system refuses it, for whatever reason. Rejects with any other failure. */
export async function unlessRefused<T, Instead>(reading: Promise<T>, instead: Instead): Promise<T | Instead> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return instead;
  }
}

/** The synchronous form of `unlessRefused`. @throws any other failure */
export function unlessRefusedSync<T, Instead>(reading: () => T, instead: Instead): T | Instead {
  try {
    return reading();
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return instead;
  }
}

/** Whether something has the path. Rejects where that cannot be known. */
export const exists = async (path: string): Promise<boolean> => (await unlessMissing(stat(path), null)) !== null;

export type BoundedRead =
  | { readonly kind: "read"; readonly bytes: Buffer; readonly mode: number }
  | { readonly kind: "too-large"; readonly sizeBytes: number; readonly mode: number };

/** The path leads to a folder, a pipe, a socket or a device. */
export class NotRegularFile extends Error {
  readonly code = "NOT_REGULAR";
}

/**
 * The bytes of a regular file of at most `maxBytes`. Never waits for a pipe's writer.
 * @throws NotRegularFile, or the system's error
 */
export async function readBounded(path: string | Buffer, maxBytes: number): Promise<BoundedRead> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new NotRegularFile(`${path} is not a regular file`);
    if (stats.size > maxBytes) return { kind: "too-large", sizeBytes: stats.size, mode: stats.mode };
    const bytes = await readAt(file, stats.size, 0, maxBytes + 1);
    if (bytes.length > maxBytes) return { kind: "too-large", sizeBytes: bytes.length, mode: stats.mode };
    return { kind: "read", bytes, mode: stats.mode };
  } finally {
    await file.close();
  }
}

/**
 * Bytes of a regular file from an offset, fewer where it ends. Never waits for a pipe's writer.
 * @throws NotRegularFile, or the system's error
 */
export async function readRange(path: string, from: number, length: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new NotRegularFile(`${path} is not a regular file`);
    return await readAt(file, stats.size, from, length);
  } finally {
    await file.close();
  }
}

/** To the end of the file, though it grows meanwhile, or says 0 and is not empty (/proc); at most `length` bytes. */
async function readAt(file: FileHandle, sizeBytes: number, from: number, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  while (size < length) {
    const wanted = Math.max(sizeBytes - from - size + 1, 4096);
    const part = Buffer.allocUnsafe(Math.min(wanted, length - size));
    const { bytesRead } = await file.read(part, 0, part.length, from + size);
    if (bytesRead === 0) break;
    parts.push(part.subarray(0, bytesRead));
    size += bytesRead;
  }
  return Buffer.concat(parts, size);
}
