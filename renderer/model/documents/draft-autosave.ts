// After each edit: is the text still the file's, and the draft of it. Drafts wait for a pause in typing, and for the page's end.
import { isRemembering } from "../../platform/window-memory.js";
import { isDirty } from "./document.js";
import { changeDocument, documentAt, useDocuments } from "./document-store.js";
import { dropDraft, keepDraft } from "./drafts.js";
import { bufferOf, isBufferDirty, lineEndOf } from "./text-buffers.js";

const pauseMs = 250;
const waiting = new Set<string>();
let timer: ReturnType<typeof setTimeout> | null = null;
let hasLostDraft = false;

export function noteEdit(path: string): void {
  const buffer = bufferOf(path);
  const document = documentAt(path);
  if (!buffer || document?.kind !== "text") return;
  const isDirty = document.hash === null || isBufferDirty(buffer);
  const lineEnd = lineEndOf(buffer);
  if (isDirty !== document.isDirty || lineEnd !== document.lineEnd) changeDocument(path, { isDirty, lineEnd });
  waiting.add(path);
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(flushDrafts, pauseMs);
}

function flushDrafts(): void {
  const { root } = useDocuments.getState();
  if (root !== null) {
    for (const path of waiting) {
      const buffer = bufferOf(path);
      const document = documentAt(path);
      if (!buffer || document?.kind !== "text") continue;
      if (document.isDirty)
        hasLostDraft = !keepDraft(root, path, { text: buffer.model.getValue(), baseHash: document.hash });
      else dropDraft(root, path);
    }
  }
  waiting.clear();
}

/** Keeps drafts when the page ends, and asks before leaving when one is not kept. Once. */
export function keepDraftsAtEnd(): void {
  window.addEventListener("pagehide", flushDrafts);
  window.addEventListener("beforeunload", (event) => {
    flushDrafts();
    if (hasLostDraft || (!isRemembering() && useDocuments.getState().open.some(isDirty))) event.preventDefault();
  });
}
