import { describe, expect, test } from "vitest";
import { parseQuery, quickOpenMatches } from "../../../../../renderer/features/explorer/quick-open-match.js";

const files = ["cgi-bin/hello.py", "cgi-bin/shell.sh", "docs/hello/readme.txt", "lib/helper.py", "index.html"];

describe("quick open", () => {
  test("the name goes before the path, whole stretches before scattered letters", () => {
    expect(quickOpenMatches(files, "hel", [])).toEqual([
      "lib/helper.py",
      "cgi-bin/hello.py",
      "cgi-bin/shell.sh",
      "docs/hello/readme.txt",
    ]);
    expect(quickOpenMatches(files, "hlo", [])).toEqual(["cgi-bin/hello.py", "docs/hello/readme.txt"]);
    expect(quickOpenMatches(files, "cgi bin / sh", [])).toEqual(["cgi-bin/shell.sh"]);
    expect(quickOpenMatches(files, "zzz", [])).toEqual([]);
  });

  test.each(["NFC", "NFD"] as const)("finds a name in %s, however the letters are composed", (form) => {
    const path = "cgi-bin/Über.py".normalize(form);
    expect(["NFC", "NFD"].map((typed) => quickOpenMatches([path], "über".normalize(typed), []))).toEqual([
      [path],
      [path],
    ]);
  });

  test("without a word: the files used lately, then the others; never more than the limit", () => {
    expect(quickOpenMatches(files, "", ["lib/helper.py", "gone.py", "cgi-bin/hello.py"]).slice(0, 3)).toEqual([
      "lib/helper.py",
      "cgi-bin/hello.py",
      "index.html",
    ]);
    expect(quickOpenMatches(files, "", [], 2)).toHaveLength(2);
  });

  test("a line after a colon", () => {
    expect(parseQuery(" hello.py:12 ")).toEqual({ text: "hello.py", line: 12 });
    expect(parseQuery("hello.py:")).toEqual({ text: "hello.py", line: null });
    expect(parseQuery("hello:0")).toEqual({ text: "hello", line: 1 });
    expect(parseQuery("a:b:3")).toEqual({ text: "a:b", line: 3 });
    expect(parseQuery("")).toEqual({ text: "", line: null });
  });
});
