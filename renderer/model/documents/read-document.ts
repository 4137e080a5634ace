// From the disk into the editor: reading a file when it is shown, and again when something in the folder changed. Edits
// are never dropped by themselves: a file that changed under them is marked, and the user decides.
import { ORPCError } from "@orpc/client";
import type { FileEncoding } from "../../../server/contract/charsets.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { FileContent, FileEntry } from "../../../server/contract/workspace.js";
import type { Client } from "../../rpc/connection.js";
import { windowMessage } from "../../rpc/messages.js";
import { problemOf } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { noteEncodings } from "../folder/known-encodings.js";
import { chosenEncoding } from "./chosen-encodings.js";
import { isDirty, isReadAgain, shownEncoding, type TextDocument } from "./document.js";
import { changeDocument, discardEdits, documentAt, putDocument, useDocuments } from "./document-store.js";
import { noteEdit } from "./draft-autosave.js";
import { type Draft, draftOf, dropDraft } from "./drafts.js";
import {
  bufferOf,
  createBuffer,
  dropBuffer,
  isBufferDirty,
  lineEndOf,
  loadMonaco,
  type Monaco,
  replaceText,
  setLineEnd,
  type TextBuffer,
  takeSavedText,
} from "./text-buffers.js";

type Text = Extract<FileContent, { kind: "text" }>;

interface ListedFiles {
  readonly byPath: ReadonlyMap<string, FileEntry>;
}

const reading = new Set<string>();

/** Reads a file into the editor unless it is there. */
export async function readDocument(path: string): Promise<void> {
  const { client } = useServer.getState();
  const { root } = useDocuments.getState();
  const key = `${root}\n${path}`;
  if (!client || root === null || reading.has(key)) return;
  reading.add(key);
  try {
    const [content, monaco] = await Promise.all([readAsChosen(client, root, path), loadMonaco()]);
    if (isAwaited(root, path)) show(monaco, root, path, content);
  } catch (error) {
    if (isAwaited(root, path) && useServer.getState().client === client)
      putDocument({ kind: "failed", path, problem: problemOf(error) });
  } finally {
    reading.delete(key);
  }
}

/** Whether the file's tab is still open and shows no text yet: it may have been closed while the file was read. */
function isAwaited(root: string, path: string): boolean {
  const document = documentAt(path);
  return useDocuments.getState().root === root && document !== undefined && document.kind !== "text";
}

/** Files that changed on disk while they were being saved. */
const changedInSave = new Set<string>();

/** After a save: reads the file again if another program has written to it meanwhile. */
export async function recheckAfterSave(path: string, listed: FileEntry | undefined): Promise<void> {
  const document = documentAt(path);
  if (changedInSave.delete(path) && document && isReadAgain(document, undefined, listed)) await recheckDocument(path);
}

/** Looks at an open file's disk side again. */
export async function recheckDocument(path: string): Promise<void> {
  const { client } = useServer.getState();
  const { root } = useDocuments.getState();
  const before = documentAt(path);
  if (!client || root === null || !before || before.kind === "unread") return;
  const content = await readAsChosen(client, root, path).catch((error: unknown) => {
    if (before.kind === "text" && problemOf(error).code === "not-a-file") return null; // a folder has its name now
    throw error;
  });
  const document = documentAt(path);
  if (!document || useDocuments.getState().root !== root) return;
  const buffer = bufferOf(path);
  if (document.kind !== "text" || !buffer) return showLater(root, path, content);
  if (document.isSaving) {
    changedInSave.add(path); // mostly by the save itself, and its result has the state on disk
    return;
  }
  if (content === null) return changeDocument(path, { disk: "gone" });
  if (content.kind !== "text") {
    if (document.isDirty) return changeDocument(path, { disk: "changed" });
    dropBuffer(path);
    return putDocument(content);
  }
  if (content.hash === document.hash) return changeDocument(path, { disk: "same", executable: content.executable });
  if (isBufferDirty(buffer)) {
    if (!isSaved(document, buffer, content))
      return changeDocument(path, { disk: "changed", executable: content.executable });
    discardEdits(root, document);
  }
  takeFromDisk(path, content);
}

/** The file is what a save would write, as after one whose response did not arrive. */
function isSaved({ encoding, bom, mixed }: TextDocument, { model }: TextBuffer, content: Text): boolean {
  if (encoding !== content.encoding || bom !== content.bom || mixed !== (content.lineEnd === "mixed")) return false;
  return model.getValue() === (mixed ? content.text.replace(/\r\n|\r|\n/g, model.getEOL()) : content.text);
}

/** Discards the edits and shows the file on disk. */
export async function reloadDocument(path: string): Promise<void> {
  const { client } = useServer.getState();
  const { root } = useDocuments.getState();
  if (!client || root === null) return;
  try {
    const content = await readAsChosen(client, root, path);
    const document = documentAt(path);
    if (useDocuments.getState().root !== root || !document) return; // closed meanwhile, or of another folder
    discardEdits(root, document);
    if (content?.kind === "text" && bufferOf(path)) return takeFromDisk(path, content);
    dropBuffer(path);
    await showLater(root, path, content);
  } catch (error) {
    changeDocument(path, { problem: problemOf(error) });
  }
}

/** Unless its tab is closed, or another folder opened, while the editor is loaded. */
async function showLater(root: string, path: string, content: FileContent | null): Promise<void> {
  const monaco = await loadMonaco();
  if (useDocuments.getState().root === root && documentAt(path)) show(monaco, root, path, content);
}

function show(monaco: Monaco, root: string, path: string, content: FileContent | null): void {
  const draft = draftOf(root, path);
  if (content === null && !draft)
    putDocument({
      kind: "failed",
      path,
      problem: toProblem(windowMessage("gone")),
    });
  else if (content && content.kind !== "text") putDocument(content);
  else showText(monaco, root, path, content, draft);
}

function showText(monaco: Monaco, root: string, path: string, content: Text | null, draft: Draft | null): void {
  const buffer = createBuffer(monaco, path, content?.text ?? "", noteEdit);
  if (content === null) buffer.savedVersion = -1; // there is nothing on disk that the text could equal
  const document = documentFrom(path, content, lineEndOf(buffer));
  putDocument(document);
  if (content !== null) noteEncodings([{ path, encoding: shownEncoding(content) }]);
  if (!draft) return;
  if (draft.text === content?.text) {
    dropDraft(root, path);
    return;
  }
  const { mixed = document.mixed, undecodable = document.undecodable } = draft;
  replaceText(buffer, draft.text);
  if (draft.lineEnd) setLineEnd(monaco, buffer, draft.lineEnd);
  if (mixed !== document.mixed) buffer.savedVersion = -1; // the editor's text has one kind of line end in any case
  // What the edits began from stays what a save is compared with.
  changeDocument(path, {
    isDirty: true,
    mixed,
    undecodable,
    hash: draft.baseHash,
    disk: content === null ? "gone" : draft.baseHash === content.hash ? "same" : "changed",
  });
}

function takeFromDisk(path: string, content: Text): void {
  const buffer = bufferOf(path);
  if (!buffer) return;
  takeSavedText(buffer, content.text);
  putDocument(documentFrom(path, content, lineEndOf(buffer)));
  noteEncodings([{ path, encoding: shownEncoding(content) }]);
}

const documentFrom = (path: string, content: Text | null, lineEnd: "lf" | "crlf"): TextDocument => ({
  kind: "text",
  path,
  hash: content?.hash ?? null,
  encoding: content?.encoding ?? "utf-8",
  detected: content?.detected ?? null,
  mixesUtf8: content?.mixesUtf8 ?? false,
  undecodable: content?.undecodable ?? [],
  bom: content?.bom ?? false,
  lineEnd,
  mixed: content?.lineEnd === "mixed",
  executable: content?.executable ?? false,
  isDirty: content === null,
  isSaving: false,
  disk: content === null ? "gone" : "same",
  saved: null,
  problem: null,
});

const readAsChosen = (client: Client, root: string, path: string): Promise<FileContent | null> =>
  readOrGone(client, path, chosenEncoding(root, path));

/** The file's content; null when there is no such file. */
export async function readOrGone(
  client: Client,
  path: string,
  encoding: FileEncoding | null = null,
): Promise<FileContent | null> {
  try {
    return await client.files.read({ path, encoding });
  } catch (error) {
    if (error instanceof ORPCError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** Open files again, after the file list changed: those whose entry changed, and those without one. */
export async function recheckDocuments(after: ListedFiles, before: ListedFiles): Promise<void> {
  for (const document of useDocuments.getState().open) {
    const { path } = document;
    if (!isReadAgain(document, before.byPath.get(path), after.byPath.get(path))) continue;
    try {
      await recheckDocument(document.path);
    } catch (error) {
      // One unreadable file must not keep the others from being checked; it stays as it was shown.
      if (!isDirty(document)) console.warn(`The file ${document.path} could not be read again.`, error);
    }
  }
}
