import { describe, expect, test } from "vitest";
import { isWithin, join, movedPath, stemLength, whyNoName, whyNoPath } from "../../../../renderer/format/file-path.js";

describe("paths of the explorer", () => {
  test("what a rename means for other paths", () => {
    expect(movedPath("dir/a.py", "dir", "other/dir")).toBe("other/dir/a.py");
    expect(movedPath("dir", "dir", "x")).toBe("x");
    expect(movedPath("dir-2/a.py", "dir", "x")).toBeNull();
    expect([isWithin("dir", "dir"), isWithin("dir2", "dir"), isWithin("anything", "")]).toEqual([true, false, true]);
    expect([join("", "a"), join("b/c", "a")]).toEqual(["a", "b/c/a"]);
  });

  test("a rename selects the name without its extension", () => {
    const stems = (["hello.py", "a.tar.gz", "Makefile", ".htaccess"] as const).map((name) =>
      name.slice(0, stemLength(name, "file")),
    );
    expect(stems).toEqual(["hello", "a.tar", "Makefile", ".htaccess"]);
    expect(stemLength("v1.2", "folder")).toBe(4);
  });

  test("names that cannot be given are refused in words, others are not", () => {
    for (const name of ["", ".", "..", "a/b", "a\0b", ".git", "node_modules"])
      expect([name, whyNoName(name)]).toEqual([name, expect.stringMatching(/\.$/)]);
    for (const path of ["", "cgi-bin/", "a//b.py", "./x.py", "../x", "a/.git/b", "a\0/b"])
      expect([path, whyNoPath(path)]).toEqual([path, expect.stringMatching(/\.$/)]);
    for (const path of ["a", "cgi-bin/ü.py", "a b/c"]) expect([path, whyNoPath(path)]).toEqual([path, null]);
    for (const name of ["a", "ü.py", "a b", "-", "…"]) expect([name, whyNoName(name)]).toEqual([name, null]);
  });
});
