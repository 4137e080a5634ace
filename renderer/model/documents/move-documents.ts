// A file that gets another name keeps its encoding, its tab, its text with the edits and their undo, its cursor and its
// draft.
import { isWithin, movedPath } from "../../format/file-path.js";
import { useSelection } from "../../platform/selection.js";
import { moveEncodings } from "./chosen-encodings.js";
import type { OpenDocument } from "./document.js";
import { useDocuments } from "./document-store.js";
import { keepDrafts } from "./draft-autosave.js";
import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { useSplit, withRenamed } from "./editor-groups.js";
import { showSelected } from "./follow-selection.js";
import { recheckDocument } from "./read-document.js";
import { dropBuffer, moveBuffer } from "./text-buffers.js";

/** After `from`, a file or folder, got the path `to`. */
export function moveDocuments(from: string, to: string): void {
  keepDrafts(); // of what was typed just now, which was noted under the old path
  const { root, open } = useDocuments.getState();
  if (root !== null) moveEncodings(root, from, to);
  const moved = open.flatMap(({ path }) => {
    const next = movedPath(path, from, to);
    return next === null ? [] : [{ path, next }];
  });
  if (moved.length === 0) return;
  // What was open under the new name before is gone from there, and had no edits.
  const replaced = open.filter(({ path }) => isWithin(path, to));
  for (const { path } of replaced) dropBuffer(path);
  for (const { path, next } of moved) {
    moveBuffer(path, next);
    const draft = root === null ? null : draftOf(root, path);
    if (root === null || draft === null) continue;
    dropDraft(root, path); // first: there may be no room for both
    keepDraft(root, next, draft);
  }
  const renamed = (document: OpenDocument): OpenDocument => {
    const next = movedPath(document.path, from, to);
    if (next === null) return document;
    // The list of files may have reported its removal from the old path before this.
    return document.kind === "text"
      ? { ...document, path: next, disk: document.disk === "gone" ? "same" : document.disk }
      : { ...document, path: next };
  };
  useSplit.setState(({ split }) => ({
    split: split && withRenamed(split, (path) => movedPath(path, from, to) ?? path),
  }));
  useDocuments.setState(({ closing }) => ({
    glanced: null, // whoever names a file keeps it
    open: open.filter((document) => !replaced.includes(document)).map(renamed),
    closing: (closing === null ? null : movedPath(closing, from, to)) ?? closing,
  }));
  const { openFile } = useSelection.getState();
  const shown = openFile === null ? null : movedPath(openFile, from, to);
  if (shown !== null) useSelection.getState().open(shown);
  showSelected(); // a file that was not read yet may be shown from now on, in the place of another one
  for (const { next } of moved)
    recheckDocument(next).catch((error: unknown) => console.warn(`${next} could not be read again.`, error));
}
