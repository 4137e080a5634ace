// The open files: which, in what order, and the state of each. What happens to them (reading, saving, following the
// disk) is in files of their own beside this one.
import { create } from "zustand";
import { useSelection } from "../../platform/selection.js";
import { isDirty, type OpenDocument, type TextDocument } from "./document.js";
import { dropDraft, dropOwnDraft, keepSession } from "./drafts.js";
import { useSplit, withoutTab } from "./editor-groups.js";
import { dropBuffer } from "./text-buffers.js";

interface Documents {
  /** The folder they belong to. */
  readonly root: string | null;
  /** In the order of their tabs. */
  readonly open: readonly OpenDocument[];
  /** The file whose tab is to be closed although it has unsaved edits: asked about in a dialog. */
  readonly closing: string | null;
  /** Those that are asked about after it. */
  readonly closingNext: readonly string[];
  /** The file in the preview tab: the next file that is opened replaces it. */
  readonly glanced: string | null;
}

export const useDocuments = create<Documents>()(() => ({
  root: null,
  open: [],
  closing: null,
  closingNext: [],
  glanced: null,
}));

export const documentAt = (path: string): OpenDocument | undefined =>
  useDocuments.getState().open.find((document) => document.path === path);

/** The file is open, and has edits that are not saved. */
export function hasEdits(path: string): boolean {
  const document = documentAt(path);
  return document !== undefined && isDirty(document);
}

/** Puts a document in the place of the one with its path, or at the end. */
export function putDocument(document: OpenDocument): void {
  useDocuments.setState(({ open }) => ({
    open: open.some(({ path }) => path === document.path)
      ? open.map((other) => (other.path === document.path ? document : other))
      : [...open, document],
  }));
}

/** Updates a text document; does nothing when it is no longer open. */
export function changeDocument(path: string, change: Partial<Omit<TextDocument, "kind" | "path">>): void {
  useDocuments.setState(({ open }) => {
    if (!open.some((document) => document.kind === "text" && document.path === path)) return {};
    return {
      open: open.map((document) =>
        document.kind === "text" && document.path === path ? { ...document, ...change } : document,
      ),
    };
  });
  if (change.isDirty === true) keepTab(path);
}

/** Opens a file in the preview tab, in place of the file there, unless the user edited or kept that. */
export function glanceAt(path: string): void {
  const isOpen = documentAt(path) !== undefined;
  const { glanced: before } = useDocuments.getState();
  useSelection.getState().open(path);
  if (isOpen) return;
  useDocuments.setState({ glanced: path });
  const replaced = before === null ? undefined : documentAt(before);
  if (replaced && !isDirty(replaced)) discardDocument(replaced.path);
}

/** Turns the preview tab of a file into a tab that stays. */
export function keepTab(path: string): void {
  if (useDocuments.getState().glanced === path) useDocuments.setState({ glanced: null });
}

/** Closes a tab, asking first when that would drop unsaved edits. */
export function closeDocument(path: string): void {
  const document = documentAt(path);
  if (!document) return;
  if (isDirty(document)) useDocuments.setState({ closing: path });
  else discardDocument(path);
}

/** Closes several tabs; those with unsaved edits are asked about, one after the other. */
export function closeDocuments(paths: readonly string[]): void {
  const asked: string[] = [];
  for (const path of paths) {
    const document = documentAt(path);
    if (document && isDirty(document)) asked.push(path);
    else discardDocument(path);
  }
  const [closing = null, ...closingNext] = asked;
  useDocuments.setState({ closing, closingNext });
}

/** Closes a tab and drops its edits. The neighbour on the right, else on the left, is shown next. */
export function discardDocument(path: string): void {
  const { open, root, closing, closingNext, glanced } = useDocuments.getState();
  const index = open.findIndex((document) => document.path === path);
  const document = open[index];
  if (!document) return;
  if (root !== null) discardEdits(root, document);
  const rest = open.filter((document) => document.path !== path);
  const [next = null, ...others] = closingNext;
  useDocuments.setState({
    open: rest,
    glanced: glanced === path ? null : glanced,
    ...(closing === path && { closing: next, closingNext: others }),
  });
  const { split } = useSplit.getState();
  const { openFile, open: show } = useSelection.getState();
  if (split) {
    const after = withoutTab(split, path);
    useSplit.setState({ split: after.split });
    if (after.shown !== openFile) show(after.shown);
  } else if (openFile === path) show((rest[index] ?? rest[index - 1])?.path ?? null);
  dropBuffer(path);
  rememberTabs();
}

/** Drops the draft of a document's edits. Where it has none, or shows no text, the draft stays: it is another's. */
export function discardEdits(root: string, document: OpenDocument): void {
  if (isDirty(document)) dropDraft(root, document.path);
  else if (document.kind === "text") dropOwnDraft(root, document.path);
}

export function keepOpen(): void {
  useDocuments.setState({ closing: null, closingNext: [] });
}

/** Remembers which tabs are open, for the next time this folder is opened. */
export function rememberTabs(): void {
  const { root, open } = useDocuments.getState();
  if (root === null) return;
  const { openFile } = useSelection.getState();
  keepSession(root, { open: open.map(({ path }) => path), active: openFile, split: useSplit.getState().split });
}
