// A file for the editor: its text, encoding, byte order mark and line endings, or why it is not text.
import { createHash } from "node:crypto";
import type { BoundedRead } from "../../base/disk.js";
import type { FileEncoding } from "../../contract/charsets.js";
import type { FileVersion } from "../../contract/files-contract.js";
import type { FileContent } from "../../contract/workspace.js";
import { decodeLines, detectEncoding, encodingOf, hasMark, joined } from "./text-encoding.js";
import { mixesUtf8 } from "./utf8-sequences.js";

/** The editor does not open larger files. */
export const maxTextBytes = 8 << 20;

type LineEnd = Extract<FileContent, { kind: "text" }>["lineEnd"];

/** SHA-256, hex. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** `encoding`: what the user chose; null: it is detected. */
export function fileContent(path: string, read: BoundedRead, encoding: FileEncoding | null = null): FileContent {
  const executable = (read.mode & 0o111) !== 0;
  if (read.kind === "too-large")
    return { kind: "too-large", path, sizeBytes: read.sizeBytes, maxBytes: maxTextBytes, executable };
  const { bytes } = read;
  const hash = hashOf(bytes);
  const text = textOf(bytes, encoding);
  if (text === null)
    return { kind: "binary", path, sizeBytes: bytes.length, hash, why: nulSentence(bytes), executable };
  return { kind: "text", path, hash, ...text, executable };
}

/** An older version of a file, for comparison. `encoding`: as above. */
export function versionContent(bytes: Uint8Array, encoding: FileEncoding | null = null): FileVersion {
  const decoded = textOf(bytes, encoding);
  if (decoded === null) return { kind: "binary", sizeBytes: bytes.length, why: nulSentence(bytes) };
  const { text, bom, encoding: readAs } = decoded;
  return { kind: "text", text, bom, encoding: readAs };
}

type Decoded = Pick<
  Extract<FileContent, { kind: "text" }>,
  "text" | "encoding" | "detected" | "mixesUtf8" | "undecodable" | "bom" | "lineEnd"
>;

/** Null when the bytes are not text: they have a NUL, which only UTF-16 has in text. */
function textOf(bytes: Uint8Array, chosen: FileEncoding | null): Decoded | null {
  const detected = detectEncoding(bytes);
  const encoding = encodingOf(bytes, chosen);
  if (encoding === null) return null;
  const lines = decodeLines(bytes, encoding);
  const kinds = new Set(lines.ends);
  kinds.delete("");
  return {
    text: joined(lines),
    encoding,
    detected,
    mixesUtf8: mixesUtf8(bytes, detected),
    undecodable: [...lines.undecodable].map((index) => index + 1),
    bom: hasMark(bytes, encoding),
    lineEnd: lineEndOf(kinds),
  };
}

const nulSentence = (bytes: Uint8Array): string => `It contains a NUL byte, at offset ${bytes.indexOf(0)}.`;

/** An editor would convert a CR that stands alone to one of the others: such a file is never uniform. */
function lineEndOf(kinds: ReadonlySet<string>): LineEnd {
  if (kinds.size > 1 || kinds.has("\r")) return "mixed";
  return kinds.has("\r\n") ? "crlf" : kinds.has("\n") ? "lf" : "none";
}
