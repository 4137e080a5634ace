// What routing needs to know about a file's bytes: its beginning and its hash. Read again only if its stat has changed.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { diskPath, errorCode } from "../base/disk.js";
import type { ByteString } from "../contract/bytes-text.js";
import { utf16Order } from "../formats/encodings/utf-16.js";
import { fromBytes, latin1 } from "../protocol/byte-string.js";
import type { Beginning } from "./table.js";

/** A larger file has no hash: reading it would block the event loop. */
export const maxHashedBytes = 8 << 20;
/**
 * A file that changed less than this ago may change again within one tick of the file system's clock, with the same
 * stat.
 */
export const settledMs = 100;

interface FileFacts {
  readonly executable: boolean;
  readonly begins: Beginning;
  /** The file's beginning: as many bytes as systems read of a first line. */
  readonly bytes: Uint8Array;
}

/** The part of a stat that changes when a file is written or replaced, or when its permissions change. */
export function sameFile(a: Stats, b: Stats): boolean {
  return (
    a.ino === b.ino &&
    a.ctimeMs === b.ctimeMs &&
    a.mtimeMs === b.mtimeMs &&
    a.size === b.size &&
    a.mode === b.mode &&
    a.dev === b.dev
  );
}

/**
 * Whether every later change of the file would change its stat. Each change sets the ctime; the mtime can be set to
 * anything, also to a time in the future.
 */
export const isSettled = (stats: Stats): boolean => Date.now() - stats.ctimeMs > settledMs;

/** Systems read no more of a first line. */
const beginningBytes = 512;

export function readFacts(file: ByteString, stats: Stats): FileFacts {
  const executable = (stats.mode & 0o111) !== 0;
  const bytes = readStart(file, beginningBytes);
  if (bytes === null) return { executable, begins: "unreadable", bytes: new Uint8Array() };
  return { executable, begins: beginning(bytes), bytes };
}

/** The line that names the interpreter, with its `#!`; "": there is none. */
export function shebangLine(bytes: Uint8Array): ByteString {
  const line = fromBytes(bytes, 0, Math.min(bytes.length, beginningBytes)).split("\n", 1)[0] ?? "";
  return latin1(line.startsWith("#!") ? line : "");
}

/** The whole file and its SHA-256 in hexadecimal; null: it cannot be read, is too large or has another size by now. */
export function readWhole(file: ByteString, { size }: Stats): { bytes: Uint8Array; hash: string } | null {
  const bytes = size <= maxHashedBytes ? readStart(file, size + 1) : null;
  return bytes?.length === size ? { bytes, hash: createHash("sha256").update(bytes).digest("hex") } : null;
}

/** The meaning of the first bytes. A program counts only in a format that this system starts. */
export function beginning(bytes: Uint8Array, platform: NodeJS.Platform = process.platform): Beginning {
  const at = (offset: number, ...wanted: number[]) => wanted.every((byte, i) => bytes[offset + i] === byte);
  if (at(0, 0x23, 0x21)) return "shebang";
  if (at(0, 0xef, 0xbb, 0xbf, 0x23, 0x21)) return "bom";
  if (utf16Order(bytes) !== null) return "utf-16";
  return isProgram(at, platform) ? "program" : "other";
}

function isProgram(at: (offset: number, ...wanted: number[]) => boolean, platform: NodeJS.Platform): boolean {
  if (platform === "win32") return at(0, 0x4d, 0x5a);
  if (platform !== "darwin") return at(0, 0x7f, 0x45, 0x4c, 0x46);
  return at(0, 0xcf, 0xfa, 0xed, 0xfe) || at(0, 0xce, 0xfa, 0xed, 0xfe) || at(0, 0xca, 0xfe, 0xba, 0xbe);
}

/** The first `length` bytes, fewer if the file is shorter; null if it cannot be read. */
function readStart(file: ByteString, length: number): Buffer | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(diskPath(file), "r");
    if (!fstatSync(descriptor).isFile()) return null;
    const bytes = Buffer.allocUnsafe(length);
    let size = 0;
    while (size < length) {
      const read = readSync(descriptor, bytes, size, length - size, null);
      if (read === 0) break;
      size += read;
    }
    return bytes.subarray(0, size);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null; // the caller's table has a row for unreadable files
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
