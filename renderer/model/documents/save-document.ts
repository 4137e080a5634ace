// From the editor onto the disk: only over the version that the edits began from, unless the user chooses to overwrite.
import type { FileEncoding } from "../../../server/contract/charsets.js";
import { toProblem } from "../../../server/contract/problem.js";
import { Emitter } from "../../platform/emitter.js";
import { orCancelled, withProgress } from "../../platform/progress.js";
import { windowMessage } from "../../rpc/messages.js";
import { problemOf } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { useFiles } from "../folder/file-store.js";
import { chooseEncoding } from "./chosen-encodings.js";
import { nameOf, type TextDocument } from "./document.js";
import { changeDocument, discardEdits, documentAt, hasEdits, useDocuments } from "./document-store.js";
import { recheckAfterSave } from "./read-document.js";
import { bufferOf, isBufferDirty, isMixed, type TextBuffer } from "./text-buffers.js";

/** After each save. `sendsItself`: the caller sends a request of its own. */
export const fileSaves = new Emitter<{ readonly path: string; readonly sendsItself: boolean }>();

interface SaveOptions {
  /** Whatever is on disk now. */
  readonly overwrite?: boolean;
  /** The caller sends a request of its own afterwards. */
  readonly sendsItself?: boolean;
  /** With another encoding than it was read with. */
  readonly encoding?: FileEncoding;
  /** The editor's text with line ends of its own, each of which is written as it is here. */
  readonly exactText?: string;
}

/** What is being written. */
const running = new WeakMap<TextBuffer, Promise<boolean>>();

/** Saves a file, after a save of it that is under way. True when it is on disk now. */
export async function saveDocument(path: string, options: SaveOptions = {}): Promise<boolean> {
  const buffer = bufferOf(path);
  const before = buffer && running.get(buffer);
  if (buffer && before) {
    if (options.exactText !== undefined) return false; // it would not be the editor's text any more
    const isSaved = await before;
    if (bufferOf(buffer.path) !== buffer) return isSaved;
    const isRest = hasEdits(buffer.path) || options.encoding !== undefined;
    return isRest ? saveDocument(buffer.path, options) : isSaved;
  }
  const saving = write(path, options);
  if (buffer) {
    running.set(buffer, saving);
    void saving.finally(() => running.delete(buffer));
  }
  return saving;
}

async function write(path: string, options: SaveOptions): Promise<boolean> {
  const { overwrite = false, sendsItself = false } = options;
  const document = documentAt(path);
  const buffer = bufferOf(path);
  const { root } = useDocuments.getState();
  if (document?.kind !== "text" || !buffer || root === null || document.isSaving) return false;
  const { client } = useServer.getState();
  if (!client) {
    changeDocument(path, { problem: toProblem(windowMessage("not-saved")) });
    return false;
  }
  changeDocument(path, { isSaving: true, problem: null });
  // Meanwhile the file may get another name, its tab may be closed, and another folder may be open.
  const isOpen = (): boolean => bufferOf(buffer.path) === buffer;
  const ended = (change: Partial<TextDocument>): void => {
    if (isOpen()) changeDocument(buffer.path, { ...change, isSaving: false });
  };
  const version = buffer.model.getAlternativeVersionId();
  try {
    const { exactText } = options;
    const lineEnds = exactText === undefined ? lineEndsOf(document) : "of-text";
    const { executable: isExecutable } = document;
    const written = { ...writtenAs(document, options.encoding ?? document.encoding), lineEnds };
    const text = exactText ?? buffer.model.getValue();
    const saved = await withProgress(`Saving ${nameOf(path)}`, async (signal) => {
      const writeOver = (expectedHash: string | null) => {
        const input = { root, path, text, ...written, executable: isExecutable, expectedHash };
        return orCancelled(signal, client.files.write(input, { signal }));
      };
      const first = await writeOver(document.hash);
      return overwrite && first.kind === "conflict" ? writeOver(first.hash) : first;
    });
    if (saved.kind === "conflict") {
      ended({ disk: saved.hash === null ? "gone" : "changed" });
      return false;
    }
    const { hash, sizeBytes, modifiedAt, executable, detected, mixesUtf8 } = saved;
    const { encoding, bom } = written;
    rememberEncoding(root, buffer.path, encoding, { detected, isAsked: encoding !== document.encoding });
    if (!isOpen()) return true;
    buffer.savedVersion = version;
    const isDirty = isBufferDirty(buffer); // typed on while it was being written
    const facts = { sizeBytes, modifiedAt, executable };
    const mixture = exactText !== undefined && { mixed: isMixed(exactText) };
    ended({ hash, encoding, detected, mixesUtf8, bom, ...mixture, executable, isDirty, disk: "same", saved: facts });
    if (!isDirty) discardEdits(root, { ...document, path: buffer.path });
    fileSaves.fire({ path: buffer.path, sendsItself });
    return true;
  } catch (error) {
    ended({ problem: problemOf(error) });
    return false;
  } finally {
    recheckAfterSave(buffer.path, useFiles.getState().byPath.get(buffer.path)).catch((error: unknown) =>
      console.warn(`The file ${buffer.path} could not be read again.`, error),
    );
  }
}

/** Only where detection would read the file as something else. ASCII is the same in nearly every encoding. */
function rememberEncoding(
  root: string,
  path: string,
  encoding: FileEncoding,
  { detected, isAsked }: { readonly detected: FileEncoding | null; readonly isAsked: boolean },
): void {
  if (detected === encoding) chooseEncoding(root, path, null);
  else if (isAsked || detected !== "utf-8") chooseEncoding(root, path, encoding);
}

/** As it is now, or with another encoding. A byte order mark is for UTF-16, which is not recognised without one. */
const writtenAs = (document: TextDocument, encoding: FileEncoding) => ({
  encoding,
  readAs: document.encoding,
  bom: encoding === document.encoding ? document.bom : encoding.startsWith("utf-16"),
  undecodable: document.undecodable.length > 0,
});
const lineEndsOf = ({ mixed }: TextDocument): "kept" | "of-text" => (mixed ? "kept" : "of-text");

/** What a save writes of a document as it is in the editor now. */
export const savedAs = (document: TextDocument) => ({
  ...writtenAs(document, document.encoding),
  lineEnds: lineEndsOf(document),
});
