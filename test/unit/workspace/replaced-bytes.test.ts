// A replacement changes the lines that have a match, and no byte of any other.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FileEncoding } from "../../../server/contract/charsets.js";
import { encodedFile } from "../../../server/workspace/files/save-lines.js";
import { decodeFile } from "../../../server/workspace/files/text-encoding.js";
import { Replacements } from "../../../server/workspace/search/replacements.js";
import { opened } from "./opened-workspace.js";

async function replaced(before: Buffer | string, text: string, replacement: string, encoding: FileEncoding) {
  const { folder, workspace } = await opened({ "a.txt": before });
  const query = { kind: "text" as const, text, matchesCase: true, wholeWord: false, isRegex: false };
  const replacements = new Replacements();
  const { files } = await replacements.preview(workspace, { query, replacement }, [{ path: "a.txt", encoding }]);
  await replacements.replace(workspace, { query, replacement }, files);
  return readFileSync(`${folder.root}/a.txt`, "latin1");
}

test.each(["a\r\nb\na\r\n", "a\r\nb\na\r\na\n", "a\nb\r\nb\na\r\nc\r\na\n", "b\ra\nb\r\na"])(
  "%j keeps each line end, also where a line becomes equal to another one",
  async (before) => {
    expect(await replaced(before, "a", "b", "utf-8")).toBe(before.replaceAll("a", "b"));
  },
);

test("so does a save of an edited text, whose lines have one kind of end in the editor", () => {
  const [file, text] = ["a\r\nb\na\r\n", "b\nb\nb\n"];
  const edited = { text, bom: false, readAs: "utf-8", lineEnds: "kept" } as const;
  expect(encodedFile("a.txt", edited, Buffer.from(file)).toString()).toBe("b\r\nb\nb\r\n");
  const moved = { ...edited, text: "x\na\nb\nc\n" };
  expect(encodedFile("a.txt", moved, Buffer.from("a\r\nb\nc\r\ne\n")).toString()).toBe("x\na\r\nb\nc\r\n");
});

/** In Shift_JIS a character can have two codes: these are not the ones that it is encoded in. */
const otherCode = "\x87\x9b";
const manyLines = Array.from({ length: 30_000 }, (_, line) => (line % 2 ? `${line} cat` : `${line} ${otherCode}`));
const before = Buffer.from(manyLines.join("\n"), "latin1");
const after = manyLines.join("\n").replaceAll("cat", "dog");

test("a line without a match keeps its bytes among very many that change", async () => {
  expect((await replaced(before, "cat", "dog", "shift_jis")) === after).toBe(true);
});

test("so it does in a save that compares no longer", () => {
  const text = decodeFile(before, "shift_jis").replaceAll("cat", "dog");
  const saved = encodedFile("a.txt", { text, encoding: "shift_jis", readAs: "shift_jis", bom: false }, before);
  expect(saved.toString("latin1") === after).toBe(true);
});
