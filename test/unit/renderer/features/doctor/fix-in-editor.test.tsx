// A fix of a file that is open in the editor's own models: which bytes are on disk, after it and after its undo.
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { applyFix } from "../../../../../renderer/features/doctor/apply-fix.js";
import type { TextDocument } from "../../../../../renderer/model/documents/document.js";
import {
  discardDocument,
  documentAt,
  putDocument,
  useDocuments,
} from "../../../../../renderer/model/documents/document-store.js";
import { readDocument, recheckDocument } from "../../../../../renderer/model/documents/read-document.js";
import { saveDocument } from "../../../../../renderer/model/documents/save-document.js";
import { bufferOf, isBufferDirty, replaceText } from "../../../../../renderer/model/documents/text-buffers.js";
import { reopenWith } from "../../../../../renderer/model/documents/text-format.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { FixId } from "../../../../../server/contract/doctor-contract.js";
import { FixService } from "../../../../../server/doctor/fixes/fix-service.js";
import { coded } from "../../../../support/coded.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

prepareEditor();
let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  useDocuments.setState({ root: served.folder.path });
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  for (const { path } of useDocuments.getState().open) discardDocument(path);
  useNotices.setState({ notices: [] });
  localStorage.clear();
});

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
/** Bytes as a binary string. */
const onDisk = (path: string): string => readFileSync(served.folder.file(path), "latin1");
function write(path: string, bytes: string): void {
  writeFileSync(served.folder.file(path), latin1(bytes));
  chmodSync(served.folder.file(path), 0o755);
}
async function open(path: string, bytes: string): Promise<void> {
  write(path, bytes);
  putDocument({ kind: "unread", path, isDirty: false });
  await readDocument(path);
}
function shown(path: string): TextDocument {
  const document = documentAt(path);
  if (document?.kind !== "text") throw new Error(`${path} is not shown as text`);
  return document;
}
function bufferAt(path: string) {
  const buffer = bufferOf(path);
  if (!buffer) throw new Error(`${path} is not in the editor`);
  return buffer;
}
const linesOf = (path: string): string[] => bufferAt(path).model.getLinesContent();
const apply = (path: string, id: FixId) =>
  applyFix({ path, fix: { id, title: id }, finding: { rule: "any", title: "any" }, traceId: null }, null);

/** Resolves when the undo that the notice offers has ended: the file is as `bytes`, or a notice says why not. */
async function undo(path: string, bytes: string): Promise<"undone" | "refused"> {
  const { notices } = useNotices.getState();
  notices.findLast(({ action }) => action !== null)?.action?.run();
  return vi.waitFor(() => {
    if (useNotices.getState().notices.some(({ tone }) => tone === "bad")) return "refused";
    expect([onDisk(path), documentAt(path)]).toMatchObject([bytes, { isSaving: false }]);
    return "undone";
  }, 20_000);
}

const script = "print('Content-Type: text/plain')\r\nprint()\r\n";
const shebang = "#!/usr/bin/env python3\n";

test.each([
  ["most of them LF", "#!/bin/sh\r\necho one\necho two\n", "lf"],
  ["most of them CRLF", "#!/bin/sh\r\necho one\r\necho two\n", "crlf"],
])("all line ends of a file that mixes them become LF: %s", async (_, mixed, lineEnd) => {
  await open("lf.sh", mixed);
  expect(shown("lf.sh")).toMatchObject({ mixed: true, lineEnd });
  expect(await apply("lf.sh", "use-line-feeds")).toBeNull();
  expect(onDisk("lf.sh")).toBe("#!/bin/sh\necho one\necho two\n");
  expect(shown("lf.sh")).toMatchObject({ mixed: false, lineEnd: "lf", isDirty: false });
  expect(await undo("lf.sh", mixed)).toBe("undone");
  expect(shown("lf.sh")).toMatchObject({ mixed: true, lineEnd, isDirty: false });
});

test("a carriage return within a line stays when the line ends become LF", async () => {
  const mixed = "#!/bin/sh\r\nsed 's/\r$//' data\r\n";
  await open("lf.sh", mixed);
  expect(await apply("lf.sh", "use-line-feeds")).toBeNull();
  expect(onDisk("lf.sh")).toBe("#!/bin/sh\nsed 's/\r$//' data\n");
  expect(await undo("lf.sh", mixed)).toBe("undone");
});

test("the first line that a fix puts before lines with CRLF has its own line end", async () => {
  await open("a.py", script);
  expect(await apply("a.py", "set-shebang")).toBeNull();
  expect(onDisk("a.py")).toBe(shebang + script);
  expect(linesOf("a.py").slice(0, 2)).toEqual([shebang.trim(), "print('Content-Type: text/plain')"]);
  expect(shown("a.py")).toMatchObject({ mixed: true, lineEnd: "crlf", isDirty: false });
  expect(await undo("a.py", script)).toBe("undone");
  expect(shown("a.py")).toMatchObject({ mixed: false, lineEnd: "crlf", isDirty: false });
});

test("what is typed after it is saved with it, and the editor's own undo brings the first text back", async () => {
  await open("a.py", script);
  expect(await apply("a.py", "set-shebang")).toBeNull();
  replaceText(bufferAt("a.py"), `${shebang}${script}print(1)\n`);
  expect(await saveDocument("a.py")).toBe(true);
  expect(onDisk("a.py")).toBe(`${shebang}${script}print(1)\r\n`);
  for (let times = 0; times < 2; times++) await bufferAt("a.py").model.undo();
  expect(linesOf("a.py").join("\r\n")).toBe(script);
  expect(await saveDocument("a.py")).toBe(true);
  expect(onDisk("a.py")).toBe(script);
});

test("unsaved edits of a file that mixes line ends keep those of the file", async () => {
  await open("old.py", "x = 1\r\ny = 2\nprint 'a'\n");
  replaceText(bufferAt("old.py"), "x = 1\ny = 3\nprint 'a'\n");
  expect(await apply("old.py", "print-function")).toBeNull();
  expect(onDisk("old.py")).toBe("x = 1\r\ny = 3\nprint('a')\n");
  expect(shown("old.py")).toMatchObject({ mixed: true, isDirty: false });
  expect(await undo("old.py", "x = 1\r\ny = 3\nprint 'a'\n")).toBe("undone");
  replaceText(bufferAt("old.py"), "x = 1\ny = 4\nprint 'a'\n");
  expect(await apply("old.py", "use-line-feeds")).toBeNull();
  expect(onDisk("old.py")).toBe("x = 1\ny = 4\nprint 'a'\n");
});

test.each([
  ["saved", undefined],
  ["not saved", "print('\u00c3\u00bc!')\r\n"],
])("a file that is read with a chosen encoding keeps its bytes: %s", async (_, edited) => {
  const before = "print('\xc3\xbc')\r\n"; // UTF-8, to which the user objects
  await open("chosen.py", before);
  await reopenWith("chosen.py", "windows-1252");
  if (edited !== undefined) replaceText(bufferAt("chosen.py"), edited);
  const text = edited ?? before;
  expect(await apply("chosen.py", "set-shebang")).toBeNull();
  expect(onDisk("chosen.py")).toBe(shebang + text);
  expect(linesOf("chosen.py")[1]).toBe(text.trim());
  expect(await undo("chosen.py", text)).toBe("undone");
});

test("bytes that the chosen encoding cannot decode are kept, too", async () => {
  const before = "print('f\xfcr')\r\n";
  await open("bad.py", before);
  await reopenWith("bad.py", "utf-8");
  expect(shown("bad.py").undecodable).toEqual([1]);
  expect(await apply("bad.py", "set-shebang")).toBeNull();
  expect(onDisk("bad.py")).toBe(shebang + before);
  expect(await undo("bad.py", before)).toBe("undone");
});

test("a file is converted to UTF-8 from the encoding that it is read with", async () => {
  const koi8 = "print('\xd0\xd2\xc9')\n";
  await open("koi8.py", koi8);
  await reopenWith("koi8.py", "koi8-r");
  expect(linesOf("koi8.py")).toEqual(["print('\u043f\u0440\u0438')", ""]);
  expect(await apply("koi8.py", "convert-to-utf-8")).toBeNull();
  expect(onDisk("koi8.py")).toBe("print('\xd0\xbf\xd1\x80\xd0\xb8')\n");
  expect(shown("koi8.py")).toMatchObject({ encoding: "utf-8", isDirty: false });
  expect(await undo("koi8.py", koi8)).toBe("undone");
  expect(shown("koi8.py")).toMatchObject({ encoding: "koi8-r", isDirty: false });
});

test("what begins like a byte order mark, and is three characters of another encoding, is kept", async () => {
  const before = "\xef\xbb\xbfprint 'f\xfcr'\n";
  await open("mark.py", before);
  expect(shown("mark.py")).toMatchObject({ encoding: "iso-8859-1", bom: false });
  expect(await apply("mark.py", "print-function")).toBeNull();
  expect(onDisk("mark.py")).toBe("\xef\xbb\xbfprint('f\xfcr')\n");
  expect(await undo("mark.py", before)).toBe("undone");
});

test("what another program changed since, if only line ends, is not undone with the fix", async () => {
  await open("lf.sh", "#!/bin/sh\r\necho one\r\n");
  expect(await apply("lf.sh", "use-line-feeds")).toBeNull();
  write("lf.sh", "#!/bin/sh\necho one\r\n");
  await recheckDocument("lf.sh");
  expect(shown("lf.sh")).toMatchObject({ mixed: true, disk: "same" });
  expect(await undo("lf.sh", "#!/bin/sh\r\necho one\r\n")).toBe("refused");
  expect(onDisk("lf.sh")).toBe("#!/bin/sh\necho one\r\n");
});

test("what is typed while the server changes the files beside it is kept, and nothing is changed", async () => {
  const before = "import cgi\nform = cgi.FieldStorage()\n";
  await open("form.py", before);
  const made = FixService.prototype.apply;
  const typing = vi.spyOn(FixService.prototype, "apply").mockImplementation(async function (
    this: FixService,
    ...asked
  ) {
    const token = await made.apply(this, asked);
    replaceText(bufferAt("form.py"), `${before}# typed\n`);
    return token;
  });
  expect(await apply("form.py", "replace-field-storage")).toEqual(coded("changed", { path: "form.py" }));
  typing.mockRestore();
  expect([linesOf("form.py").at(-2), onDisk("form.py")]).toEqual(["# typed", before]);
  expect(existsSync(served.folder.file("form_fields.py"))).toBe(false);
  expect(isBufferDirty(bufferAt("form.py"))).toBe(true);
});

test("what is typed while the server undoes its part of a fix is kept", async () => {
  const fixed = "import form_fields as cgi\nform = cgi.FieldStorage()\n";
  await open("form.py", "import cgi\nform = cgi.FieldStorage()\n");
  expect(await apply("form.py", "replace-field-storage")).toBeNull();
  expect(onDisk("form.py")).toBe(fixed);
  const undone = FixService.prototype.undo;
  const typing = vi.spyOn(FixService.prototype, "undo").mockImplementation(async function (this: FixService, token) {
    const paths = await undone.call(this, token);
    replaceText(bufferAt("form.py"), `${fixed}# typed\n`);
    return paths;
  });
  expect(await undo("form.py", "never")).toBe("refused");
  typing.mockRestore();
  expect([linesOf("form.py").at(-2), onDisk("form.py")]).toEqual(["# typed", fixed]);
});
