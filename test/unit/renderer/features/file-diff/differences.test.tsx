// What differs for a comparison, in lines and where no line differs, with documents that are read from real files.
import { act, render, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { byteDifferences, DiffPane } from "../../../../../renderer/features/file-diff/diff-pane.js";
import { closeDiff, type FileDiff, useDiff } from "../../../../../renderer/features/file-diff/diff-store.js";
import { discardDocument, documentAt } from "../../../../../renderer/model/documents/document-store.js";
import { bufferOf, replaceText } from "../../../../../renderer/model/documents/text-buffers.js";
import { changeLineEnds } from "../../../../../renderer/model/documents/text-format.js";
import { hashOf, versionContent } from "../../../../../server/workspace/files/text-file.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type OpenedFolder, openedFolder } from "../../opened-folder.js";

layOutPage();
prepareEditor();
let folder: OpenedFolder;
beforeAll(async () => {
  folder = await openedFolder();
});
afterEach(() => {
  closeDiff();
  discardDocument("a.py");
  localStorage.clear();
});
const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** Of a.py with what ran. */
function comparisonWith(ran: Buffer): FileDiff {
  const original = versionContent(ran);
  if (original.kind !== "text") throw new Error("What ran is not text.");
  return { path: "a.py", against: { kind: "ran", traceId: "1", seq: 1, hash: hashOf(ran) }, original, why: null };
}
/** Between what ran and a.py as it is in the editor. */
function differences(ran: Buffer): readonly string[] {
  const document = documentAt("a.py");
  if (document?.kind !== "text") throw new Error("a.py is not text.");
  return byteDifferences(comparisonWith(ran), document);
}

test.each([
  ["a\r\nb\r\n", "a\nb\n", ["line-ends"]],
  ["a\nb\r\n", "a\nb\n", ["line-ends"]],
  ["a\rb\r", "a\r\nb\r", ["bytes"]],
  ["\xef\xbb\xbfa\n", "a\n", ["mark"]],
  ["\xef\xbb\xbfa\r\n", "a\n", ["line-ends", "mark"]],
  ["\xfc\n", "\xc3\xbc\n", ["encoding"]],
  ["\xff\xfea\0\n\0", "a\n", ["mark", "encoding"]],
  ["\xff\xfea\0\n\0", "\xfe\xff\0a\0\n", ["encoding"]],
  ["a\n", "a\n", []],
  ["a", "a", []],
])("%j ran, and the file is %j: %j", async (ran, file, expected) => {
  folder.write("a.py", bytes(file));
  await folder.show("a.py");
  expect(differences(bytes(ran))).toEqual(expected);
});

test("edits are compared as they would be saved", async () => {
  folder.write("a.py", bytes("a\nb\n"));
  await folder.show("a.py");
  await changeLineEnds("a.py", "crlf");
  expect(differences(bytes("a\nb\n"))).toEqual(["line-ends"]);
  expect(differences(bytes("a\r\nb\r\n"))).toEqual([]);
});

test("ASCII that is left of a file in another encoding is the same bytes", async () => {
  folder.write("a.py", bytes("\xfc\n"));
  await folder.show("a.py");
  const buffer = bufferOf("a.py");
  if (buffer) replaceText(buffer, "u\n");
  expect(differences(bytes("u\n"))).toEqual([]);
});

test.each([
  ["for x in y:\n    a()\n    b()\n", 1],
  ["for x in y:\n    a()\nb() \n", 1],
  ["for x in y:\n    a()\nb()\n", 0],
])("blanks before and after a line are differences: %j", async (ran, count) => {
  folder.write("a.py", bytes("for x in y:\n    a()\nb()\n"));
  await folder.show("a.py");
  render(<DiffPane comparison={comparisonWith(bytes(ran))} />);
  await waitFor(() => expect(useDiff.getState().count).toBe(count));
});

test("from a change of either side on nothing is known of equal lines, until they are compared again", async () => {
  folder.write("a.py", bytes("a\n"));
  await folder.show("a.py");
  const known = () => useDiff.getState().count;
  const { rerender } = render(<DiffPane comparison={comparisonWith(bytes("a\n"))} />);
  await waitFor(() => expect(known()).toBe(0));
  const buffer = bufferOf("a.py");
  act(() => buffer && replaceText(buffer, "b\n"));
  expect(known()).toBeNull();
  await waitFor(() => expect(known()).toBe(1));
  rerender(<DiffPane comparison={comparisonWith(bytes("b\n"))} />);
  await waitFor(() => expect(known()).toBe(0));
  rerender(<DiffPane comparison={comparisonWith(bytes("c\n"))} />);
  expect(known()).toBeNull();
  await waitFor(() => expect(known()).toBe(1));
});
