// An open file as the tabs and bars show it. The text itself lives in an editor model; here is what is known about it.
import { type FileEncoding, isWestern } from "../../../server/contract/charsets.js";
import type { FileEntry, Problem } from "../../../server/contract/workspace.js";
import type { KnownEncoding } from "../folder/known-encodings.js";

/** Distinguishes two states of a file without reading it. */
export type SavedFacts = Pick<FileEntry, "sizeBytes" | "modifiedAt" | "executable">;

export interface TextDocument {
  readonly kind: "text";
  readonly path: string;
  /** SHA-256 of the bytes of the model's saved text; null when there is no such file (any more). */
  readonly hash: string | null;
  /** What the text was decoded with, and is saved as. */
  readonly encoding: FileEncoding;
  /** What the bytes on disk are probably encoded in. */
  readonly detected: FileEncoding | null;
  /** The file on disk mixes `detected`, a Western encoding, with UTF-8. */
  readonly mixesUtf8: boolean;
  /** Lines with bytes that the encoding cannot decode, as they were read. */
  readonly undecodable: readonly number[];
  readonly bom: boolean;
  readonly lineEnd: "lf" | "crlf";
  /** The file has other line ends than LF alone or CRLF alone: a mixture, or CR. Saving keeps them. */
  readonly mixed: boolean;
  /** Of a file that is gone, as it was: when it is saved again, it is so again. */
  readonly executable: boolean;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** What happened to the file on disk since it was read, while there are edits here. */
  readonly disk: "same" | "changed" | "gone";
  /** As the file list has the file since our own last save; null before one. */
  readonly saved: SavedFacts | null;
  /** Why the last save failed. */
  readonly problem: Problem | null;
}

export type OpenDocument =
  | TextDocument
  /** Restored or just asked for; read when it is shown. */
  | { readonly kind: "unread"; readonly path: string; readonly isDirty: boolean }
  | {
      readonly kind: "binary";
      readonly path: string;
      readonly sizeBytes: number;
      /** SHA-256 of the bytes, hex. */
      readonly hash: string;
      readonly why: string;
    }
  | { readonly kind: "too-large"; readonly path: string; readonly sizeBytes: number; readonly maxBytes: number }
  | { readonly kind: "failed"; readonly path: string; readonly problem: Problem };

export const isDirty = (document: OpenDocument): boolean =>
  (document.kind === "text" || document.kind === "unread") && document.isDirty;

/**
 * Whether an open file has to be read again when its entry in the file list becomes another; undefined: the list does
 * not hold it, so nothing is known. What our own save left there is known already.
 */
export function isReadAgain(
  document: OpenDocument,
  before: FileEntry | undefined,
  after: FileEntry | undefined,
): boolean {
  if (after === undefined) return true;
  if (after === before) return false;
  const saved = document.kind === "text" ? document.saved : null;
  return (
    saved === null ||
    after.sizeBytes !== saved.sizeBytes ||
    after.modifiedAt !== saved.modifiedAt ||
    after.executable !== saved.executable
  );
}

type Encoded = Pick<TextDocument, "encoding" | "mixesUtf8">;
/** The encoding that the explorer and the status bar show. */
export const shownEncoding = ({ encoding, mixesUtf8 }: Encoded): KnownEncoding =>
  mixesUtf8 && isWestern(encoding) ? "mixed" : encoding;

/** The last segment of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
/** Everything before it, without the slash; empty at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
