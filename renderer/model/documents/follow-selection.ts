// Keeps the open files in step with the rest of the window: what is selected gets a tab and is read, another folder
// brings its own tabs back, a change in the folder makes every open file be checked again.
import { afterFirstPaint } from "../../platform/first-paint.js";
import { useSelection } from "../../platform/selection.js";
import { whenUnused } from "../../platform/when-idle.js";
import { useServer } from "../../rpc/store.js";
import { useFiles } from "../folder/file-store.js";
import { useWorkspace } from "../folder/workspace-store.js";
import { documentAt, putDocument, rememberTabs, useDocuments } from "./document-store.js";
import { keepDrafts, keepDraftsAtEnd } from "./draft-autosave.js";
import { draftOf, sessionOf } from "./drafts.js";
import { sides, useSplit, withShown } from "./editor-groups.js";
import { readDocument, recheckDocuments } from "./read-document.js";
import { dropAllBuffers, loadMonaco } from "./text-buffers.js";

/** Once, at the start of the page. */
export function followSelection(): void {
  keepDraftsAtEnd();
  useWorkspace.subscribe(({ workspace }) => {
    if ((workspace?.root ?? null) !== useDocuments.getState().root) changeFolder(workspace?.root ?? null);
  });
  useSelection.subscribe(({ openFile }, before) => {
    if (openFile !== before.openFile) showSelected();
  });
  useFiles.subscribe((files, before) => {
    if (files.entries !== before.entries && files.root === useDocuments.getState().root)
      void recheckDocuments(files, before); // reports its own failures
  });
  useServer.subscribe(({ client }, before) => {
    if (!client || client === before.client) return;
    showSelected();
    if (useDocuments.getState().root !== null) loadEditor();
  });
}

function changeFolder(root: string | null): void {
  keepDrafts();
  dropAllBuffers();
  const session = root === null ? null : sessionOf(root);
  useDocuments.setState({ root, open: [], closing: null, closingNext: [], glanced: null });
  useSplit.setState({ split: null });
  useSelection.getState().reset();
  if (root === null) return;
  useDocuments.setState({
    open: (session?.open ?? []).map((path) => ({ kind: "unread", path, isDirty: draftOf(root, path) !== null })),
  });
  const split = session?.split ?? null;
  useSplit.setState({ split });
  const shown = split ? split[split.active].shown : session?.active;
  if (shown != null) useSelection.getState().open(shown);
  loadEditor();
}

/** A file that is shown waits for it; else it is there before the first file is opened. */
function loadEditor(): void {
  // The connection is gone: loaded with the next one, or with a file, which says why not.
  const load = (): void => void loadMonaco().catch(() => undefined);
  const begin = useSelection.getState().openFile === null ? () => whenUnused(load) : load;
  void afterFirstPaint().then(begin);
}

/** Reads what the groups show, unless it is read. */
export function showSelected(): void {
  const { root } = useDocuments.getState();
  const { openFile } = useSelection.getState();
  if (root === null) return;
  const { split } = useSplit.getState();
  if (openFile !== null) {
    if (!documentAt(openFile))
      putDocument({ kind: "unread", path: openFile, isDirty: draftOf(root, openFile) !== null });
    if (split) useSplit.setState({ split: withShown(split, openFile) });
  }
  const beside = split ? sides.map((side) => split[side].shown) : [];
  for (const path of new Set([...(openFile === null ? [] : [openFile]), ...beside])) {
    const document = documentAt(path);
    if (document?.kind === "unread" || document?.kind === "failed") void readDocument(path); // shows its own failures
  }
  rememberTabs();
}
