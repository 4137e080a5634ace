// A file for the editor: its text, byte order mark and line endings, or why it is not text. Nothing is guessed: an
// editor would change bytes that are not valid UTF-8, so it does not open them.
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import type { BoundedRead } from "../../base/disk.js";
import type { FileVersion } from "../../contract/files-contract.js";
import type { FileContent } from "../../contract/workspace.js";

/** The editor does not open larger files. */
export const maxTextBytes = 8 << 20;

type LineEnd = Extract<FileContent, { kind: "text" }>["lineEnd"];

/** SHA-256, hex. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function fileContent(path: string, read: BoundedRead): FileContent {
  const executable = (read.mode & 0o111) !== 0;
  if (read.kind === "too-large")
    return { kind: "too-large", path, sizeBytes: read.sizeBytes, maxBytes: maxTextBytes, executable };
  const { bytes } = read;
  const hash = hashOf(bytes);
  const why = whyBinary(bytes);
  if (why !== null) return { kind: "binary", path, sizeBytes: bytes.length, hash, why, executable };
  const { text, bom } = textOf(bytes);
  return { kind: "text", path, text, hash, bom, lineEnd: lineEndOf(text), executable };
}

/** An older version of a file, for comparison. */
export function versionContent(bytes: Uint8Array): FileVersion {
  const why = whyBinary(bytes);
  return why === null ? { kind: "text", ...textOf(bytes) } : { kind: "binary", sizeBytes: bytes.length, why };
}

function textOf(bytes: Uint8Array): { text: string; bom: boolean } {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8", bom ? 3 : 0), bom };
}

/** The bytes of a text, with its mark. Null if it has half a surrogate pair, which UTF-8 cannot encode. */
export function textBytes(text: string, bom: boolean): Buffer | null {
  return /\p{Surrogate}/u.test(text) ? null : Buffer.from(bom ? `\uFEFF${text}` : text, "utf8");
}

/** Why bytes are not text, in a sentence; null when they are. */
export function whyBinary(bytes: Uint8Array): string | null {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return "It begins with a UTF-16 byte order mark.";
  const nul = bytes.indexOf(0);
  if (nul !== -1) return `It contains a NUL byte, at offset ${nul}.`;
  const at = firstInvalidUtf8(bytes);
  if (at === null) return null;
  return `It is not valid UTF-8: byte 0x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0")} at offset ${at}, in line ${lineOf(bytes, at)}.`;
}

function lineEndOf(text: string): LineEnd {
  const crlf = /\r\n/.test(text);
  const lf = /(?<!\r)\n/.test(text);
  const cr = /\r(?!\n)/.test(text); // an editor would convert it to one of the others: such a file is never uniform
  if (cr || (crlf && lf)) return "mixed";
  return crlf ? "crlf" : lf ? "lf" : "none";
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = bytes.indexOf(10); i !== -1 && i < offset; i = bytes.indexOf(10, i + 1)) line += 1;
  return line;
}

/** Offset of the first byte that begins no valid UTF-8 sequence (Unicode, table 3-7); null if there is none. */
function firstInvalidUtf8(bytes: Uint8Array): number | null {
  if (isUtf8(bytes)) return null;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return bytes.length;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const next = (offset: number, low = 0x80, high = 0xbf) => {
    const byte = bytes[at + offset] ?? 0;
    return byte >= low && byte <= high;
  };
  if (first >= 0xc2 && first <= 0xdf) return next(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef)
    return next(1, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf) && next(2) ? 3 : 0;
  if (first >= 0xf0 && first <= 0xf4)
    return next(1, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf) && next(2) && next(3) ? 4 : 0;
  return 0;
}
