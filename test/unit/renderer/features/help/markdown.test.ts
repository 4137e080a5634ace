// The product's documents as blocks and pieces of lines.
import { describe, expect, test } from "vitest";
import {
  type DocumentName,
  documents,
  linkedDocument,
  readDocument,
} from "../../../../../renderer/features/help/documents.js";
import { inlines, markdownBlocks } from "../../../../../renderer/features/help/markdown.js";

const names = documents.map(({ value }): DocumentName => value);
/** For who works on the workbench itself. */
const notShown = ["security-audit.md", "../test/peers/NOTES.md"];

describe("blocks", () => {
  test("of each kind, in order, without pictures", () => {
    const text = "# Title\n\nOne\nline.\n\n![picture](x.png)\n\n- a\n- b\n\n```sh\nls # no title\n\n```\nafter\n";
    expect(markdownBlocks(text)).toEqual([
      { is: "heading", level: 1, text: "Title" },
      { is: "paragraph", text: "One line." },
      { is: "list", items: ["a", "b"] },
      { is: "code", text: "ls # no title\n" },
      { is: "paragraph", text: "after" },
    ]);
  });

  test("a table, with a bar in a cell", () => {
    expect(markdownBlocks("| a | b |\n|---|---|\n| `x\\|y` | 1 |")).toEqual([
      { is: "table", head: ["a", "b"], rows: [["`x|y`", "1"]] },
    ]);
  });

  test.each(names)("%s has a title, and its tables are whole", async (name) => {
    const blocks = markdownBlocks(await readDocument(name));
    expect(blocks[0]).toMatchObject({ is: "heading", level: 1 });
    for (const block of blocks)
      if (block.is === "table")
        expect(block.rows.map((row) => row.length)).toEqual(block.rows.map(() => block.head.length));
  });
});

test("pieces of a line: code, emphasis, links, and stray marks as text", () => {
  expect(inlines("Use `a*b` in **bold**, see [docs](docs/speed.md) * `")).toEqual([
    { is: "text", text: "Use " },
    { is: "code", text: "a*b" },
    { is: "text", text: " in " },
    { is: "strong", text: "bold" },
    { is: "text", text: ", see " },
    { is: "link", text: "docs", to: "docs/speed.md" },
    { is: "text", text: " * `" },
  ]);
});

test.each(names)("the links of %s to other documents lead to them", async (name) => {
  const targets = [...(await readDocument(name)).matchAll(/\]\(([^):#]+\.md)[^)]*\)/g)].map(([, to = ""]) => to);
  expect(targets.filter((to) => linkedDocument(to) === null && !notShown.includes(to))).toEqual([]);
});

test("a link to a part of a document leads to the document, one within a document nowhere", () => {
  expect(linkedDocument("traces.md#queries")).toBe("traces.md");
  expect(linkedDocument("#fastcgi")).toBeNull();
});
