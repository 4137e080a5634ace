// What is on disk, in the editor and in the draft of a file, with the editor's own models.
import { chmodSync, mkdirSync, renameSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import * as monaco from "monaco-editor/editor";
import { afterEach, beforeAll, expect, test } from "vitest";
import { chooseEncoding } from "../../../../renderer/model/documents/chosen-encodings.js";
import type { TextDocument } from "../../../../renderer/model/documents/document.js";
import { discardDocument, documentAt, useDocuments } from "../../../../renderer/model/documents/document-store.js";
import { keepDrafts } from "../../../../renderer/model/documents/draft-autosave.js";
import { draftOf } from "../../../../renderer/model/documents/drafts.js";
import { moveDocuments } from "../../../../renderer/model/documents/move-documents.js";
import { recheckDocument } from "../../../../renderer/model/documents/read-document.js";
import { saveDocument } from "../../../../renderer/model/documents/save-document.js";
import {
  bufferOf,
  createBuffer,
  dropBuffer,
  isBufferDirty,
  replaceText,
  smallestEdit,
  type TextBuffer,
} from "../../../../renderer/model/documents/text-buffers.js";
import { changeLineEnds, reopenWith } from "../../../../renderer/model/documents/text-format.js";
import { coded } from "../../../support/coded.js";
import { prepareEditor } from "../../../support/prepared-editor.js";
import { type OpenedFolder, openedFolder } from "../opened-folder.js";

prepareEditor();
let folder: OpenedFolder;
beforeAll(async () => {
  folder = await openedFolder();
});
afterEach(() => {
  for (const { path } of useDocuments.getState().open) discardDocument(path);
  localStorage.clear();
});
function shown(path: string): TextDocument {
  const document = documentAt(path);
  if (document?.kind !== "text") throw new Error(`${path} is not shown as text`);
  return document;
}
function bufferAt(path: string): TextBuffer {
  const buffer = bufferOf(path);
  if (!buffer) throw new Error(`${path} is not in the editor`);
  return buffer;
}
const textOf = (path: string): string => bufferAt(path).model.getValue();
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

/** Emoji that share the first or the second half of their surrogate pair, letters and line ends. */
const texts = fc.string({
  unit: fc.constantFrom("a", "b", "\u{1F600}", "\u{1F601}", "\u{1F680}", "\u{1F525}", "\u{10200}", "\r\n"),
  maxLength: 8,
});

test("any text takes the place of any other, whole characters at a time", () => {
  const buffer = createBuffer(monaco, "any.txt", "\r\n", () => undefined);
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      buffer.model.setValue(before);
      buffer.model.setEOL(monaco.editor.EndOfLineSequence.CRLF);
      replaceText(buffer, after);
      expect(buffer.model.getValue()).toBe(after);
    }),
    { numRuns: 2000 },
  );
  dropBuffer("any.txt");
});

test("the edit between two texts is as small as it can be, and splits neither an emoji nor a line end", () => {
  expect(smallestEdit("print('🚀')", "print('🔥')")).toEqual({ from: 7, to: 9, text: "🔥" });
  expect(smallestEdit("abcd", "abXd")).toEqual({ from: 2, to: 3, text: "X" });
  expect(smallestEdit("same", "same")).toMatchObject({ text: "" });
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const { from, to, text } = smallestEdit(before, after);
      expect(before.slice(0, from) + text + before.slice(to)).toBe(after);
      for (const part of [before.slice(0, from), before.slice(from, to), before.slice(to), text]) {
        expect(part).not.toMatch(/\p{Surrogate}/u);
        expect(part.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      }
    }),
  );
});

test("an emoji that another program changed, or that is in a draft, arrives whole", async () => {
  folder.write("a.py", "print('🚀')");
  await folder.show("a.py");
  folder.write("a.py", "print('🔥')");
  await recheckDocument("a.py");
  expect(textOf("a.py")).toBe("print('🔥')");
  replaceText(bufferAt("a.py"), "print('🔦')");
  await folder.show("a.py");
  expect([textOf("a.py"), shown("a.py").isDirty]).toEqual(["print('🔦')", true]);
});

test.each(["a\nmine\n", "a\r\nmine\r\n", "a\r\nb\r\nmine\n"])(
  "a save whose response was lost leaves no edits and no conflict: %j",
  async (text) => {
    folder.write("a.py", text.replace("mine", "disk"));
    await folder.show("a.py");
    const edited = textOf("a.py").replace("disk", "mine");
    replaceText(bufferAt("a.py"), edited);
    keepDrafts();
    folder.write("a.py", text);
    await recheckDocument("a.py");
    expect(shown("a.py")).toMatchObject({ isDirty: false, disk: "same" });
    expect(draftOf(folder.root, "a.py")).toBeNull();
    replaceText(bufferAt("a.py"), edited.replace("mine", "next"));
    expect(await saveDocument("a.py")).toBe(true);
    expect(folder.read("a.py")).toEqual(latin1(text.replace("mine", "next")));
  },
);

test.each([
  ["another text", "a\ntheirs\n"],
  ["another line end", "a\r\nmine\r\n"],
  ["a byte order mark", "\ufeffa\nmine\n"],
])("a file that another program wrote with %s is a conflict", async (_, text) => {
  folder.write("a.py", "a\ndisk\n");
  await folder.show("a.py");
  replaceText(bufferAt("a.py"), "a\nmine\n");
  folder.write("a.py", text);
  await recheckDocument("a.py");
  expect(shown("a.py")).toMatchObject({ isDirty: true, disk: "changed" });
});

test("another program's change is no edit: the preview tab stays one", async () => {
  folder.write("a.py", "a\n");
  await folder.show("a.py");
  useDocuments.setState({ glanced: "a.py" });
  const dirty: boolean[] = [];
  const stop = useDocuments.subscribe(() => dirty.push(shown("a.py").isDirty));
  folder.write("a.py", "theirs\n");
  await recheckDocument("a.py");
  stop();
  expect([textOf("a.py"), useDocuments.getState().glanced]).toEqual(["theirs\n", "a.py"]);
  expect(dirty).not.toContain(true);
  replaceText(bufferAt("a.py"), "mine\n");
  expect([shown("a.py").isDirty, useDocuments.getState().glanced]).toEqual([true, null]);
});

test("a save that is asked for during another one follows it, with what was typed meanwhile", async () => {
  folder.write("a.py", "a\n");
  await folder.show("a.py");
  const saves = ["first\n", "second\n", "third\n"].map((text) => {
    replaceText(bufferAt("a.py"), text);
    return saveDocument("a.py");
  });
  expect(await Promise.all(saves)).toEqual([true, true, true]);
  expect([shown("a.py").isDirty, folder.read("a.py")]).toEqual([false, latin1("third\n")]);
});

test("what was typed just before the file got another name is kept as a draft of that", async () => {
  folder.write("a.py", "a\n");
  await folder.show("a.py");
  replaceText(bufferAt("a.py"), "mine\n");
  renameSync(join(folder.root, "a.py"), join(folder.root, "b.py"));
  moveDocuments("a.py", "b.py");
  expect(draftOf(folder.root, "b.py")?.text).toBe("mine\n");
});

test("a script that is gone is executable again when it is saved again", async () => {
  folder.write("a.py", "a\n");
  chmodSync(join(folder.root, "a.py"), 0o755);
  await folder.show("a.py");
  replaceText(bufferAt("a.py"), "mine\n");
  folder.remove("a.py");
  await recheckDocument("a.py");
  expect(shown("a.py").disk).toBe("gone");
  expect(await saveDocument("a.py", { overwrite: true })).toBe(true);
  expect(statSync(join(folder.root, "a.py")).mode & 0o111).not.toBe(0);
});

test.each([false, true])("a file in whose place a folder is now is gone (with edits: %s)", async (isEdited) => {
  folder.write("conf", "a\n");
  await folder.show("conf");
  if (isEdited) replaceText(bufferAt("conf"), "mine\n");
  folder.remove("conf");
  mkdirSync(join(folder.root, "conf"));
  await recheckDocument("conf");
  expect(shown("conf")).toMatchObject({ disk: "gone", isDirty: isEdited });
  rmdirSync(join(folder.root, "conf"));
});

test("line ends that were changed and not saved survive a reload", async () => {
  folder.write("a.py", "a\nb\n");
  await folder.show("a.py");
  await changeLineEnds("a.py", "crlf");
  await folder.show("a.py");
  keepDrafts();
  expect(shown("a.py")).toMatchObject({ lineEnd: "crlf", isDirty: true, disk: "same" });
  expect(await saveDocument("a.py")).toBe(true);
  expect(folder.read("a.py")).toEqual(latin1("a\r\nb\r\n"));
});

test("one kind of line end in place of a mixture, likewise", async () => {
  folder.write("a.py", "a\r\nb\r\nc\n");
  await folder.show("a.py");
  expect(shown("a.py")).toMatchObject({ lineEnd: "crlf", mixed: true });
  await changeLineEnds("a.py", "crlf");
  await folder.show("a.py");
  expect(isBufferDirty(bufferAt("a.py"))).toBe(true);
  expect(shown("a.py")).toMatchObject({ lineEnd: "crlf", mixed: false, isDirty: true });
  expect(await saveDocument("a.py")).toBe(true);
  expect(folder.read("a.py")).toEqual(latin1("a\r\nb\r\nc\r\n"));
});

test("a mixture that another program wrote has the line end of most lines, as when it is opened", async () => {
  folder.write("a.py", "a\n");
  await folder.show("a.py");
  folder.write("a.py", "a\r\nb\r\nc\n");
  await recheckDocument("a.py");
  expect(shown("a.py")).toMatchObject({ lineEnd: "crlf", mixed: true });
});

test.each([
  ["a\rb\r", "a\rnew\rb\r"],
  ["a\rb", "a\rnew\rb\rlast"],
  ["a\r\nb\n", "a\r\nnew\r\nb\nlast\n"],
])("lines that are added to %j end as the lines before them", async (before, after) => {
  folder.write("a.py", before);
  await folder.show("a.py");
  replaceText(bufferAt("a.py"), after);
  expect(await saveDocument("a.py")).toBe(true);
  expect(folder.read("a.py")).toEqual(latin1(after));
});

test.each([
  ["a second UTF-8 mark", "\xef\xbb\xbf\xef\xbb\xbf#!/bin/sh\na\n", "utf-8"],
  ["the mark of GB18030", "\x84\x31\x95\x33#!/bin/sh\na\n", "gb18030"],
] as const)("%s belongs to the text, and a save of other lines keeps it", async (_what, bytes, encoding) => {
  folder.write("a.py", latin1(bytes));
  chooseEncoding(folder.root, "a.py", encoding);
  await folder.show("a.py");
  expect([textOf("a.py"), shown("a.py").isDirty]).toEqual(["\ufeff#!/bin/sh\na\n", false]);
  replaceText(bufferAt("a.py"), textOf("a.py").replace("a\n", "b\n"));
  expect(await saveDocument("a.py")).toBe(true);
  expect(folder.read("a.py")).toEqual(latin1(bytes.replace("a\n", "b\n")));
});

test("edits replace a file that another program has made too large for the editor", async () => {
  folder.write("a.py", "a\n");
  await folder.show("a.py");
  replaceText(bufferAt("a.py"), "mine\n");
  folder.write("a.py", Buffer.alloc((8 << 20) + 1, "x"));
  await recheckDocument("a.py");
  expect(await saveDocument("a.py")).toBe(false);
  expect(shown("a.py")).toMatchObject({ disk: "changed", problem: null });
  expect(await saveDocument("a.py", { overwrite: true })).toBe(true);
  expect(folder.read("a.py")).toEqual(latin1("mine\n"));
});

test("a draft without its line ends, as earlier versions kept it, is shown with those of the file", async () => {
  folder.write("a.py", "a\r\nb\n");
  localStorage.setItem(`workbench.draft:${folder.root}\na.py`, JSON.stringify({ text: "mine\n", baseHash: null }));
  await folder.show("a.py");
  expect(shown("a.py")).toMatchObject({ mixed: true, undecodable: [], isDirty: true });
});

test.each([false, true])(
  "no edits replace bytes that could not be decoded (after a reload: %s)",
  async (isReloaded) => {
    const text = "ok\nf\uFFFDr\n";
    folder.write("a.py", latin1("ok\nf\xfcr\n"));
    await folder.show("a.py");
    await reopenWith("a.py", "utf-8");
    expect([textOf("a.py"), shown("a.py").undecodable]).toEqual([text, [2]]);
    replaceText(bufferAt("a.py"), text.replace("ok", "OK"));
    for (const change of [() => folder.write("a.py", "fixed für\n"), () => folder.remove("a.py")]) {
      change();
      if (isReloaded) await folder.show("a.py");
      await recheckDocument("a.py");
      expect(await saveDocument("a.py", { overwrite: true })).toBe(false);
      expect(shown("a.py").problem).toEqual(coded("undecodable-line", { line: 2 }));
    }
    replaceText(bufferAt("a.py"), "OK\n");
    expect(await saveDocument("a.py", { overwrite: true })).toBe(true);
    expect(folder.read("a.py")).toEqual(latin1("OK\n"));
  },
);
