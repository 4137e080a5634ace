// Keeps the open files in step with the rest of the window: what is selected gets a tab and is read, another folder
// brings its own tabs back, a change in the folder makes every open file be checked again.
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";
import { useFiles } from "../folder/file-store.js";
import { useWorkspace } from "../folder/workspace-store.js";
import { documentAt, putDocument, rememberTabs, useDocuments } from "./document-store.js";
import { keepDraftsAtEnd } from "./draft-autosave.js";
import { draftOf, sessionOf } from "./drafts.js";
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
    if (client && client !== before.client) showSelected();
  });
}

function changeFolder(root: string | null): void {
  dropAllBuffers();
  const session = root === null ? null : sessionOf(root);
  useDocuments.setState({ root, open: [], closing: null, closingNext: [], glanced: null });
  useSelection.getState().reset();
  if (root === null) return;
  useDocuments.setState({
    open: (session?.open ?? []).map((path) => ({ kind: "unread", path, isDirty: draftOf(root, path) !== null })),
  });
  if (session?.active != null) useSelection.getState().open(session.active);
  // The editor's code loads after the first paint of the rest of the window.
  requestIdleCallback(
    () =>
      void loadMonaco().catch((error: unknown) =>
        console.error("The editor could not be loaded. Open a file to try again.", error),
      ),
    {
      timeout: 1000,
    },
  );
}

function showSelected(): void {
  const { root } = useDocuments.getState();
  const { openFile } = useSelection.getState();
  if (root === null) return;
  if (openFile !== null) {
    const document = documentAt(openFile);
    if (!document) putDocument({ kind: "unread", path: openFile, isDirty: draftOf(root, openFile) !== null });
    if (!document || document.kind === "unread" || document.kind === "failed") void readDocument(openFile); // shows its own failures
  }
  rememberTabs();
}
