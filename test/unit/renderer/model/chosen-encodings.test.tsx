// What the user reads a file as: it goes with the file, and never to another one that gets its path.
import { afterEach, beforeAll, expect, test } from "vitest";
import { moveFile, removeFiles, removeForGood } from "../../../../renderer/features/explorer/file-actions.js";
import { undoLast } from "../../../../renderer/features/explorer/file-undo.js";
import { createFile } from "../../../../renderer/features/explorer/new-file-dialog.js";
import { makeScript } from "../../../../renderer/features/samples/new-script.js";
import type { TextDocument } from "../../../../renderer/model/documents/document.js";
import { discardDocument, documentAt, useDocuments } from "../../../../renderer/model/documents/document-store.js";
import { saveDocument } from "../../../../renderer/model/documents/save-document.js";
import { bufferOf, replaceText } from "../../../../renderer/model/documents/text-buffers.js";
import { readAs, reopenWith } from "../../../../renderer/model/documents/text-format.js";
import { useFiles } from "../../../../renderer/model/folder/file-store.js";
import type { FileEncoding } from "../../../../server/contract/charsets.js";
import type { FileEntry } from "../../../../server/contract/workspace.js";
import { prepareEditor } from "../../../support/prepared-editor.js";
import { type OpenedFolder, openedFolder } from "../opened-folder.js";

prepareEditor();
let folder: OpenedFolder;
beforeAll(async () => {
  folder = await openedFolder();
});
afterEach(async () => {
  for (const { path } of useDocuments.getState().open) discardDocument(path);
  for (const path of ["a.txt", "b.txt", "texts", "old"]) await removeForGood([path]);
  localStorage.clear();
});
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const koi8 = latin1("\xf0\xd2\xc9\xd7\xc5\xd4\n");
const russian = "Привет\n";

function shown(path: string): TextDocument {
  const document = documentAt(path);
  if (document?.kind !== "text") throw new Error(`${path} is not shown as text`);
  return document;
}
function type(path: string, text: string): void {
  const buffer = bufferOf(path);
  if (buffer) replaceText(buffer, text);
}
const textOf = (path: string): string | undefined => bufferOf(path)?.model.getValue();

/** The file is KOI8-R, which nothing but the user knows. */
async function readAsKoi8(path: string): Promise<void> {
  folder.write(path, koi8);
  await folder.show(path);
  expect(shown(path).detected).toBe("iso-8859-1");
  await reopenWith(path, "koi8-r");
  expect([textOf(path), readAs(path)]).toEqual([russian, "koi8-r"]);
}
const script = (path: string): FileEntry => ({
  ...{ path, kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, mode: null, target: null, agent: null },
});

test("a file that is renamed, and those of a folder that is moved, keep it, whether they are open or not", async () => {
  await readAsKoi8("a.txt");
  expect(await moveFile("a.txt", "b.txt")).toBe(null);
  expect([readAs("a.txt"), readAs("b.txt")]).toEqual([null, "koi8-r"]);
  discardDocument("b.txt");
  expect(await moveFile("b.txt", "texts/b.txt")).toBe(null);
  expect(await moveFile("texts", "old")).toBe(null);
  expect([readAs("b.txt"), readAs("texts/b.txt"), readAs("old/b.txt")]).toEqual([null, null, "koi8-r"]);
  await folder.show("old/b.txt");
  expect(textOf("old/b.txt")).toBe(russian);
});

test("a file that was removed takes it along; the undo brings it back", async () => {
  await readAsKoi8("a.txt");
  await removeFiles(["a.txt"]);
  expect(readAs("a.txt")).toBe(null);
  await undoLast();
  await folder.show("a.txt");
  expect([readAs("a.txt"), textOf("a.txt")]).toEqual(["koi8-r", russian]);
  await removeForGood(["a.txt"]);
  folder.write("a.txt", "für\n");
  await folder.show("a.txt");
  type("a.txt", "für 5 €\n");
  expect(await saveDocument("a.txt")).toBe(true);
  expect(folder.read("a.txt").toString()).toBe("für 5 €\n");
});

test("a new file does not have it from an earlier one that another program removed", async () => {
  await readAsKoi8("a.txt");
  folder.remove("a.txt");
  await createFile("a.txt");
  expect(readAs("a.txt")).toBe(null);
  await readAsKoi8("b.txt");
  folder.remove("b.txt");
  useFiles.setState({ root: folder.root, byPath: new Map([["b.txt", script("b.txt")]]) });
  const template = { text: "#!/bin/sh\n", extension: ".txt" };
  await makeScript({
    folder: null,
    path: "b.txt",
    language: {
      ...{ id: "shell", title: "Shell", program: "sh", path: "/bin/sh", version: null, template },
      get: { command: null, address: "" },
    },
  });
  expect(readAs("b.txt")).toBe(null);
});

test.each<[FileEncoding, string, FileEncoding | null, FileEncoding | null]>([
  ["utf-8", russian, "utf-8", null],
  ["windows-1251", russian, "iso-8859-1", "windows-1251"],
  ["koi8-r", `# coding: koi8-r\n${russian}`, "koi8-r", null],
  ["iso-8859-2", "# ASCII\n", "utf-8", "iso-8859-2"],
])("a file saved as %s has it only where that would not be detected", async (encoding, text, detected, chosen) => {
  await readAsKoi8("a.txt");
  type("a.txt", text);
  expect(await saveDocument("a.txt", { encoding })).toBe(true);
  expect([shown("a.txt").encoding, shown("a.txt").detected, readAs("a.txt")]).toEqual([encoding, detected, chosen]);
  await folder.show("a.txt");
  expect([textOf("a.txt"), shown("a.txt").encoding]).toEqual([text, encoding]);
});

test("a file converted to UTF-8 can be read as what it was detected to be before", async () => {
  await readAsKoi8("a.txt");
  expect(await saveDocument("a.txt", { encoding: "utf-8" })).toBe(true);
  await reopenWith("a.txt", "iso-8859-1");
  expect([shown("a.txt").encoding, textOf("a.txt")]).toEqual(["iso-8859-1", Buffer.from(russian).toString("latin1")]);
  await reopenWith("a.txt", "utf-8");
  expect([readAs("a.txt"), textOf("a.txt")]).toEqual([null, russian]);
});

test("a file has it from the save that takes away what it was detected by, or that writes it again", async () => {
  folder.write("a.txt", Buffer.concat([latin1("# coding: koi8-r\n"), koi8]));
  await folder.show("a.txt");
  expect([shown("a.txt").encoding, readAs("a.txt")]).toEqual(["koi8-r", null]);
  type("a.txt", russian);
  expect(await saveDocument("a.txt")).toBe(true);
  expect([folder.read("a.txt"), readAs("a.txt")]).toEqual([koi8, "koi8-r"]);
  type("a.txt", `${russian}${russian}`);
  await removeFiles(["a.txt"]);
  expect(readAs("a.txt")).toBe(null);
  expect(await saveDocument("a.txt", { overwrite: true })).toBe(true);
  expect([folder.read("a.txt"), readAs("a.txt")]).toEqual([Buffer.concat([koi8, koi8]), "koi8-r"]);
});
