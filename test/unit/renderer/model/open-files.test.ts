// What opening and saving a file means for the rest of the window: whose request is shown, and what is read again.
import { describe, expect, test } from "vitest";
import { isReadAgain, type TextDocument } from "../../../../renderer/model/documents/document.js";
import { isPartOf } from "../../../../renderer/model/request/subject.js";
import type { FileEntry } from "../../../../server/contract/workspace.js";

const entry = (path: string, change: Partial<FileEntry> = {}): FileEntry => ({
  ...{
    path,
    kind: "file",
    sizeBytes: 10,
    modifiedAt: 1,
    executable: false,
    mode: null,
    agent: null,
    target: `/${path}`,
  },
  ...change,
});

describe("whether an opened file is a part of the script at hand", () => {
  const script = entry("cgi-bin/cart.py", { executable: true });
  test.each([
    ["lib/x.py", true],
    ["cgi-bin/helpers.py", true],
    ["lib/Part.pm", true],
    ["style.css", true],
    ["index.html", false],
    ["page.php", false],
    ["cgi-bin/other.cgi", false],
  ])("%s beside an executable script: %s", (path, isPart) => {
    expect(isPartOf(entry(path), script)).toBe(isPart);
  });

  test("an executable file is a script itself, and the first file that is opened is asked for", () => {
    expect(isPartOf(entry("lib/x.py", { executable: true }), script)).toBe(false);
    expect(isPartOf(entry("lib/x.py"), null)).toBe(false);
  });

  test("where a handler runs scripts that are not executable, those of one folder are equals", () => {
    expect(isPartOf(entry("b.py"), entry("a.py"))).toBe(false);
    expect(isPartOf(entry("lib/x.py"), entry("a.py"))).toBe(true);
  });
});

describe("whether an open file is read again", () => {
  const facts = { sizeBytes: 12, modifiedAt: 2, executable: true };
  const document: TextDocument = {
    ...{ kind: "text", path: "a.py", hash: "x", bom: false, lineEnd: "lf", mixed: false, executable: true },
    ...{ encoding: "utf-8", detected: "utf-8", mixesUtf8: false, undecodable: [] },
    ...{ isDirty: false, isSaving: false, disk: "same", saved: null, problem: null },
  };
  const before = entry("a.py");
  const after = entry("a.py", facts);

  test("when its entry changed, and not because of our own save", () => {
    expect(isReadAgain(document, before, after)).toBe(true);
    expect(isReadAgain(document, after, after)).toBe(false);
    expect(isReadAgain({ ...document, saved: facts }, before, after)).toBe(false);
    expect(isReadAgain({ ...document, saved: { ...facts, executable: false } }, before, after)).toBe(true);
  });

  test("when the list does not have it", () => {
    expect(isReadAgain(document, before, undefined)).toBe(true);
    expect(isReadAgain({ ...document, saved: facts }, undefined, undefined)).toBe(true);
  });
});
