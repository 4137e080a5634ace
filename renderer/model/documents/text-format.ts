// How an open file's text is written down: in which encoding, and with which line ends.
import type { FileEncoding } from "../../../server/contract/charsets.js";
import { chooseEncoding, chosenEncoding, forgetEncodings } from "./chosen-encodings.js";
import { changeDocument, documentAt, useDocuments } from "./document-store.js";
import { noteEdit } from "./draft-autosave.js";
import { reloadDocument } from "./read-document.js";
import { bufferOf, loadMonaco, setLineEnd } from "./text-buffers.js";

/** Reads the file again, from now on with this encoding. Edits are discarded. */
export async function reopenWith(path: string, encoding: FileEncoding): Promise<void> {
  const { root } = useDocuments.getState();
  const document = documentAt(path);
  if (root === null || document === undefined) return;
  const isDetected = document.kind === "text" && document.detected === encoding;
  chooseEncoding(root, path, isDetected ? null : encoding);
  await reloadDocument(path);
}

/** What the user reads a file as; null: it is detected. */
export const readAs = (path: string): FileEncoding | null => {
  const { root } = useDocuments.getState();
  return root === null ? null : chosenEncoding(root, path);
};

/**
 * A file, or a folder's files, are others from now on, or removed: what they were read as by choice no longer fits.
 * `removal`: the token that restores them, with which `restoreEncodings` brings the choices back.
 */
export function forgetReadAs(path: string, removal: string | null = null): void {
  const { root } = useDocuments.getState();
  if (root !== null) forgetEncodings(root, path, removal);
}

/** All lines get this line end with the next save. */
export async function changeLineEnds(path: string, lineEnd: "lf" | "crlf"): Promise<void> {
  const monaco = await loadMonaco();
  const buffer = bufferOf(path);
  const document = documentAt(path);
  if (!buffer || document?.kind !== "text") return;
  setLineEnd(monaco, buffer, lineEnd);
  if (!document.mixed) return;
  buffer.savedVersion = -1; // the editor's text has had one kind of line end all the time
  changeDocument(path, { mixed: false });
  noteEdit(path);
}
