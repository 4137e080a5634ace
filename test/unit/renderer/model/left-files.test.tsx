import { expect, test } from "vitest";
import { hasEdits, useDocuments } from "../../../../renderer/model/documents/document-store.js";
import { filesWithEdits } from "../../../../renderer/model/documents/left-files.js";

test("a file whose draft was restored and that was not shown yet has edits, too", () => {
  useDocuments.setState({
    open: [
      { kind: "unread", path: "draft.py", isDirty: true },
      { kind: "unread", path: "clean.py", isDirty: false },
    ],
  });
  expect(hasEdits("draft.py")).toBe(true);
  expect(filesWithEdits(["draft.py", "clean.py", "closed.py"]).map(({ path }) => path)).toEqual(["draft.py"]);
});
