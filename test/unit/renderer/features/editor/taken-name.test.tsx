// A file gets the name of an open file that is no longer on disk.
import { renameSync } from "node:fs";
import { join } from "node:path";
import { act, render, waitFor } from "@testing-library/react";
import * as monaco from "monaco-editor/editor";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { EditorPane } from "../../../../../renderer/features/editor/editor-pane.js";
import { closeDiff, useDiff } from "../../../../../renderer/features/file-diff/diff-store.js";
import { putDocument } from "../../../../../renderer/model/documents/document-store.js";
import { moveDocuments } from "../../../../../renderer/model/documents/move-documents.js";
import { readDocument } from "../../../../../renderer/model/documents/read-document.js";
import { bufferOf } from "../../../../../renderer/model/documents/text-buffers.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type OpenedFolder, openedFolder } from "../../opened-folder.js";

layOutPage();
prepareEditor();
let folder: OpenedFolder;
beforeAll(async () => {
  folder = await openedFolder();
});
/** b.py is shown, and a.py has a tab. */
beforeEach(async () => {
  for (const name of ["a.py", "b.py"]) folder.write(name, `# ${name}\n`);
  await folder.show("b.py");
  putDocument({ kind: "unread", path: "a.py", isDirty: false });
  useSelection.setState({ openFile: "b.py" });
});

function rename(): void {
  renameSync(join(folder.root, "a.py"), join(folder.root, "b.py"));
  moveDocuments("a.py", "b.py");
}

test("the editor shows the text of the file that has the name now", async () => {
  await readDocument("a.py");
  render(<EditorPane />);
  const shown = () => monaco.editor.getEditors()[0]?.getModel()?.getValue();
  await waitFor(() => expect(shown()).toBe("# b.py\n"));
  act(rename);
  expect(shown()).toBe("# a.py\n");
});

test("so does a comparison", async () => {
  await readDocument("a.py");
  const original = { kind: "text", text: "", bom: false, encoding: "utf-8" } as const;
  useDiff.setState({ comparison: { path: "b.py", against: { kind: "disk" }, original, why: null } });
  render(<EditorPane />);
  const shown = () => monaco.editor.getDiffEditors()[0]?.getModel()?.modified.getValue();
  await waitFor(() => expect(shown()).toBe("# b.py\n"));
  act(rename);
  await waitFor(() => expect(shown()).toBe("# a.py\n"));
  act(closeDiff);
});

test("a file that was not read yet is read now", async () => {
  rename();
  await waitFor(() => expect(bufferOf("b.py")?.model.getValue()).toBe("# a.py\n"));
});
