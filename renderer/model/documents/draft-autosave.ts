// After each edit: is the text still the file's, and the draft of it. Drafts wait for a pause in typing,
// for another folder, and for the page's end.
import { hasUndelivered } from "../../platform/memory-changes.js";
import { isRemembering } from "../../platform/window-memory.js";
import { isDirty, type OpenDocument } from "./document.js";
import { changeDocument, documentAt, useDocuments } from "./document-store.js";
import { areDraftsKept, draftOf, dropOwnDraft, keepDraft } from "./drafts.js";
import { bufferOf, isBufferDirty, lineEndOf } from "./text-buffers.js";

const pauseMs = 250;
const waiting = new Set<string>();
let timer: ReturnType<typeof setTimeout> | null = null;

export function noteEdit(path: string): void {
  const buffer = bufferOf(path);
  const document = documentAt(path);
  if (!buffer || document?.kind !== "text") return;
  const isDirty = document.hash === null || isBufferDirty(buffer);
  const lineEnd = lineEndOf(buffer);
  if (isDirty !== document.isDirty || lineEnd !== document.lineEnd) changeDocument(path, { isDirty, lineEnd });
  waiting.add(path);
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(keepDrafts, pauseMs);
}

/** Keeps what was edited last, without waiting for a pause. */
export function keepDrafts(): void {
  const { root } = useDocuments.getState();
  if (root !== null) {
    for (const path of waiting) {
      const buffer = bufferOf(path);
      const document = documentAt(path);
      if (!buffer || document?.kind !== "text") continue;
      const { isDirty, hash, mixed, undecodable } = document;
      const facts = { baseHash: hash, lineEnd: lineEndOf(buffer), mixed, undecodable };
      if (isDirty) keepDraft(root, path, { text: buffer.model.getValue(), ...facts });
      else dropOwnDraft(root, path);
    }
  }
  waiting.clear();
}

/** Keeps drafts when the page ends, and asks before leaving when one is not kept. Once. */
export function keepDraftsAtEnd(): void {
  window.addEventListener("pagehide", keepDrafts);
  window.addEventListener("beforeunload", (event) => {
    keepDrafts();
    if (!areDraftsKept() || useDocuments.getState().open.some(wouldLose)) event.preventDefault();
  });
}

/** The file's edits end with the page. */
function wouldLose(document: OpenDocument): boolean {
  if (!isDirty(document)) return false;
  const { root } = useDocuments.getState();
  const buffer = bufferOf(document.path);
  if (!isRemembering() || hasUndelivered() || root === null) return true;
  // What was not shown since the draft was restored is the draft.
  return buffer !== undefined && draftOf(root, document.path)?.text !== buffer.model.getValue();
}
