import { describe, expect, test } from "vitest";
import { filterTest, treeRows } from "../../../../../renderer/features/explorer/tree-rows.js";
import { parentOf } from "../../../../../renderer/format/file-path.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";

const entry = (path: string, kind: FileEntry["kind"] = "file"): FileEntry => ({
  path,
  kind,
  sizeBytes: 0,
  modifiedAt: 0,
  executable: false,
  mode: null,
  agent: null,
  target: null,
});
const entries = [
  entry("b.py"),
  entry("cgi-bin", "folder"),
  entry("cgi-bin/x10.py"),
  entry("cgi-bin/x2.py"),
  entry("cgi-bin/lib", "folder"),
  entry("cgi-bin/lib/a.py"),
  entry("A.txt"),
];
const paths = (unfolded: readonly string[]) => treeRows(entries, new Set(unfolded)).map(({ entry: { path } }) => path);

describe("rows of the tree", () => {
  test("folders come first, names sort without regard to case, numbers by value", () => {
    expect(paths([])).toEqual(["cgi-bin", "A.txt", "b.py"]);
    expect(paths(["cgi-bin"])).toEqual(["cgi-bin", "cgi-bin/lib", "cgi-bin/x2.py", "cgi-bin/x10.py", "A.txt", "b.py"]);
  });

  test("names that differ in case, or in zeros, stand in one order, whichever was there first", () => {
    const ordered = (names: readonly string[]) =>
      treeRows(
        names.map((name) => entry(name)),
        new Set(),
      ).map(({ name }) => name);
    expect(ordered(["1.py", "a.py"])).toEqual(["1.py", "a.py"]);
    expect(ordered(["01.py", "1.py", "A.py", "a.py"])).toEqual(["01.py", "1.py", "A.py", "a.py"]);
  });

  test("what lies in a folded folder is not shown, unfolded itself or not", () => {
    expect(paths(["cgi-bin/lib"])).toEqual(["cgi-bin", "A.txt", "b.py"]);
  });

  test("each row knows its depth and its place among its siblings", () => {
    const rows = treeRows(entries, new Set(["cgi-bin"]));
    expect(rows[2]).toMatchObject({ name: "x2.py", level: 2, position: 2, siblings: 3, isOpen: false });
    expect(rows[0]).toMatchObject({ name: "cgi-bin", level: 1, position: 1, siblings: 3, isOpen: true });
  });

  test("the parent of a path at the top is the top", () => {
    expect(parentOf("a.py")).toBe("");
    expect(parentOf("cgi-bin/lib/a.py")).toBe("cgi-bin/lib");
  });
});

describe("a filtered tree", () => {
  const shown = (filter: string): string[] =>
    treeRows(entries, new Set(), filter).map(({ entry: { path }, isOpen }) => (isOpen ? `${path} open` : path));

  test("has what matches and the folders above it, unfolded; each word counts, in whatever case", () => {
    expect(shown("X2")).toEqual(["cgi-bin open", "cgi-bin/x2.py"]);
    expect(shown("lib py")).toEqual(["cgi-bin open", "cgi-bin/lib open", "cgi-bin/lib/a.py"]);
    expect(shown("nothing like it")).toEqual([]);
    expect(filterTest("ünder")("cgi-bin/Ünder.py")).toBe(true);
  });

  test.each(["NFC", "NFD"] as const)("finds a name in %s, however the filter is composed", (form) => {
    const path = "cgi-bin/Über uns.py".normalize(form);
    expect(["NFC", "NFD"].map((typed) => filterTest("über".normalize(typed))(path))).toEqual([true, true]);
  });

  test("counts places among what is shown", () => {
    expect(treeRows(entries, new Set(), "x2").map(({ position, siblings }) => [position, siblings])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});
