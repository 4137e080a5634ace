// Commands of the editor that need more than a file.
import { afterAll, expect, test } from "vitest";
import { editorCommands } from "../../../../../renderer/features/editor/commands.js";
import type { TextDocument } from "../../../../../renderer/model/documents/document.js";
import { useDocuments } from "../../../../../renderer/model/documents/document-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { problemText } from "../../../../../renderer/rpc/problem.js";
import { noConnection, useServer } from "../../../../../renderer/rpc/store.js";

const document: TextDocument = {
  ...{
    kind: "text",
    path: "a.py",
    hash: "1",
    encoding: "utf-8",
    detected: null,
    mixesUtf8: false,
    undecodable: [],
    bom: false,
  },
  ...{ lineEnd: "lf", mixed: false, executable: false, isDirty: true, isSaving: false, disk: "same", saved: null },
  problem: null,
};
afterAll(() => useDocuments.setState({ open: [] }));

test("reloading from disk is not offered without a connection", () => {
  useServer.setState({ client: null });
  useDocuments.setState({ open: [document] });
  useSelection.getState().open("a.py");
  expect(editorCommands["file.revert"].unavailable()).toBe(problemText(noConnection));
  expect(editorCommands["file.save"].unavailable()).toBeNull(); // the bar says why it cannot
});
