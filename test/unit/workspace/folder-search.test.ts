// Find and replace in the folder's files: text in each file's encoding, bytes, bounds, and one undo.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { maxExpressionLine } from "../../../server/contract/limits.js";
import type { FoundFile, SearchProgress, TextQuery, Wanted } from "../../../server/contract/search-contract.js";
import { bytesMatcher } from "../../../server/workspace/search/bytes-matcher.js";
import { FolderSearch, type SearchBounds } from "../../../server/workspace/search/folder-search.js";
import { pathFilter } from "../../../server/workspace/search/path-filter.js";
import { Replacements } from "../../../server/workspace/search/replacements.js";
import { Searches } from "../../../server/workspace/search/searches.js";
import { textMatcher } from "../../../server/workspace/search/text-matcher.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { withFullDisk } from "./full-disk.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const query = (text: string, options: Partial<TextQuery> = {}): TextQuery => ({
  ...{ kind: "text", text, matchesCase: false, wholeWord: false, isRegex: false },
  ...options,
});
const wanted = (text: string, options: Partial<TextQuery> = {}): Wanted => ({
  ...{ query: query(text, options), include: "", exclude: "", readAs: [] },
});
const never = new AbortController().signal;

async function toEnd(search: Pick<FolderSearch, "next">): Promise<{ found: FoundFile[]; progress: SearchProgress }> {
  const found: FoundFile[] = [];
  for (;;) {
    const batch = await search.next(never);
    found.push(...batch.found);
    if (batch.progress.end !== null) return { found, progress: batch.progress };
  }
}

describe("a text", () => {
  const found = (line: string, text: string, options: Partial<TextQuery> = {}) =>
    textMatcher(query(text, options))
      .find(line)
      .map(({ from, to }) => line.slice(from, to));

  test("matches in any case, in its own case, or as a whole word", () => {
    expect(found("Möbel MÖBEL Möbelhaus", "möbel")).toEqual(["Möbel", "MÖBEL", "Möbel"]);
    expect(found("Möbel MÖBEL", "Möbel", { matchesCase: true })).toEqual(["Möbel"]);
    expect(found("Möbel Möbelhaus ÜMöbel", "möbel", { wholeWord: true })).toEqual(["Möbel"]);
    expect(found("a.b axb", "a.b")).toEqual(["a.b"]);
    expect(found("$x->{a} $x", "$x", { wholeWord: true })).toEqual(["$x", "$x"]);
  });

  test("as a whole word, also where a part of another word matches before", () => {
    expect(found("xa a a", "a a", { wholeWord: true })).toEqual(["a a"]);
    const words = { wholeWord: true, isRegex: true };
    expect(found("getAll() get getget", "get|getAll", words)).toEqual(["getAll", "get"]);
    expect(found("foobar a b", "\\w+?", words)).toEqual(["foobar", "a", "b"]);
    expect(found("a$foo $foo", "\\$\\w+", words)).toEqual(["$foo", "$foo"]);
    expect(found("foo.bar foo.", "\\Qfoo.", words)).toEqual(["foo.", "foo."]);
    const matcher = textMatcher(query("g(et)|get(All)", words), "[$1,$2]");
    expect(matcher.find("getAll get").map((match) => matcher.replaced(match))).toEqual(["[,All]", "[et,]"]);
  });

  test("as it stands, wherever it is in a line", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (text, before, after) => {
        const line = before + text + after;
        const matcher = textMatcher(query(text, { matchesCase: true }));
        expect(matcher.mayBeIn(line)).toBe(true);
        expect(matcher.find(line).length).toBeGreaterThan(0);
        for (const { from, to } of matcher.find(line)) expect(line.slice(from, to)).toBe(text);
      }),
    );
  });

  test("as a regular expression, with groups in the replacement", () => {
    const matcher = textMatcher(query('param\\("(\\w+)"\\)', { isRegex: true }), "$$q->{$1} ($&)$9");
    const [match] = matcher.find('my $x = param("name");');
    expect(match && matcher.replaced(match)).toBe('$q->{name} (param("name"))$9');
    const numbers = "$10 $2 $1 $0 $00 $01 $05";
    const numbered = textMatcher(query("(a)", { isRegex: true }), numbers);
    expect(numbered.find("ab").map((one) => numbered.replaced(one))).toEqual(["a".replace(/(a)/, numbers)]);
    expect(found("aXb", "x*", { isRegex: true })).toEqual(["X"]); // what is empty is no match
    expect(found("Größe, Maß", "\\p{L}+", { isRegex: true, wholeWord: true })).toEqual(["Größe", "Maß"]);
  });

  test("not where a very long line is cut: the expression may not match there in the whole line", () => {
    const line = `${"x".repeat(19_995)}${"y".repeat(20)}z`;
    for (const text of ["y+$", "y+\\b", "y+"]) expect(found(line, text, { isRegex: true })).toEqual([]);
    expect(found(`yy ${line}`, "y+", { isRegex: true })).toEqual(["yy"]);
  });

  test.each(["(a", "(?=a)", "(a)\\1", "[z-a]"])("%s is refused with a reason", (text) => {
    expect(() => textMatcher(query(text, { isRegex: true }))).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: "bad-pattern" }) }),
    );
  });

  test("an expression that would never end elsewhere ends", () => {
    const line = "a".repeat(50_000);
    expect(found(line, "(a+)+$b", { isRegex: true })).toEqual([]);
    expect(found(line, "(?:a|a)*c", { isRegex: true })).toEqual([]);
    expect(() => found(line, "(?:(?:a{1,90}){1,90}b){1,9}", { isRegex: true })).toThrow();
  });
});

describe("paths", () => {
  test.each([
    ["*.py", ["a.py", "lib/b.py"], ["a.pyc", "a.pl"]],
    ["cgi-bin", ["cgi-bin/a.pl", "old/cgi-bin/b"], ["cgi-bin2/a"]],
    ["cgi-bin/*.pl", ["cgi-bin/a.pl"], ["cgi-bin/x/a.pl", "x/cgi-bin/a.pl"]],
    ["cgi-bin/**/*.pl", ["cgi-bin/a.pl", "cgi-bin/x/y/a.pl"], ["lib/a.pl"]],
    ["*.{pl,pm}, ./htdocs/", ["a.pl", "x/b.pm", "htdocs/c"], ["a.py"]],
    ["a?.txt", ["ab.txt"], ["a.txt", "a/.txt"]],
    ["a+(b).c", ["x/a+(b).c"], ["aab.c"]],
    ["{a", ["{a"], ["a"]],
    ["über*, u\u0308b.c", ["u\u0308ber.pl", "\u00fcber.pl", "\u00fcb.c"], ["uber.pl"]],
    ["old, *.pl", ["old/a\nb", "a\nb.pl"], ["a\nold/b"]],
    [" , ", ["anything"], []],
  ])("%s", (pattern, wantedPaths, others) => {
    const isWanted = pathFilter(pattern, "");
    expect(wantedPaths.filter((path) => !isWanted(path))).toEqual([]);
    expect(others.filter(isWanted)).toEqual([]);
  });

  test("no pattern is an error, and what is excluded is never searched", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, path) => {
        expect(typeof pathFilter(pattern, "")(path)).toBe("boolean");
        expect(pathFilter("", path)(path) && /^[a-z]+$/.test(path)).toBe(false);
      }),
    );
  });
});

describe("bytes", () => {
  test("are found wherever they are, ?? as any byte", () => {
    const byte = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(fc.array(byte), fc.array(fc.option(byte), { minLength: 1, maxLength: 5 }), (all, pattern) => {
        const hex = pattern.map((one) => (one === null ? "??" : `0${one}`)).join("");
        const isAt = (at: number): boolean =>
          pattern.every((one, index) => at + index < all.length && (one ?? all[at + index]) === all[at + index]);
        const offsets = [...all.keys()].filter(isAt);
        const matcher = bytesMatcher(hex);
        const found: number[] = [];
        for (let at = matcher.find(Buffer.from(all), 0); at >= 0; at = matcher.find(Buffer.from(all), at + 1))
          found.push(at);
        expect(found).toEqual(offsets);
      }),
    );
  });
});

describe("the folder", () => {
  let folder: TempFolder;
  let workspace: Workspace;
  const search = (what: Wanted, bounds?: SearchBounds) => toEnd(new FolderSearch(workspace, what, bounds));
  const bytesOf = (path: string): Buffer => readFileSync(folder.file(`site/${path}`));

  beforeEach(async () => {
    folder = tempFolder();
    for (const name of ["site/cgi-bin", "site/htdocs"]) folder.makeFolder(name);
    folder.write("site/cgi-bin/latin1.pl", latin1("#!/usr/bin/perl\r\n# M\xf6bel und M\xd6BEL\r\nprint 'K\xfcche';\n"));
    folder.write("site/cgi-bin/utf8.pl", "#!/usr/bin/perl\n  print 'Möbel';\n");
    folder.write("site/htdocs/wide.txt", Buffer.from("\ufeffeins\nMöbel\n", "utf16le"));
    folder.write("site/htdocs/data.bin", Buffer.concat([Buffer.of(0, 1, 2), Buffer.from("Möbel")]));
    workspace = await Workspace.open(folder.file("site"));
  });
  afterEach(async () => {
    await workspace.dispose();
    folder[Symbol.dispose]();
  });

  test("is searched in each file's own encoding", async () => {
    const { found, progress } = await search(wanted("möbel"));
    expect(found.map(({ path, encoding, matches }) => [path, encoding, matches])).toEqual([
      ["cgi-bin/latin1.pl", "iso-8859-1", 2],
      ["cgi-bin/utf8.pl", "utf-8", 1],
      ["htdocs/wide.txt", "utf-16le", 1],
    ]);
    expect(found[0]?.lines).toEqual([
      {
        line: 2,
        column: 3,
        length: 5,
        text: "# Möbel und MÖBEL",
        marks: [
          [2, 7],
          [12, 17],
        ],
      },
    ]);
    expect(found[1]?.lines).toEqual([{ line: 2, column: 10, length: 5, text: "print 'Möbel';", marks: [[7, 12]] }]);
    expect(progress).toMatchObject({ searched: 4, files: 4, binary: 1, skipped: 0, matches: 4, end: "all" });
  });

  test("a match in a file of two encodings says that it is mixed", async () => {
    folder.write("site/mixed.txt", Buffer.from("M\xc3\xb6bel, M\xf6bel\n", "latin1"));
    const hex = { ...wanted("x"), query: { kind: "bytes", hex: "f6" } } as const;
    for (const what of [wanted("möbel"), hex])
      expect((await search({ ...what, include: "mixed.txt" })).found).toMatchObject([
        { encoding: "mixed", matches: 1 },
      ]);
  });

  test("by path, and as the user reads a file", async () => {
    const some = await search({ ...wanted("möbel"), include: "*.pl", exclude: "utf8.*" });
    expect(some.found.map(({ path }) => path)).toEqual(["cgi-bin/latin1.pl"]);
    const cyrillic = { ...wanted("Mцbel"), readAs: [{ path: "cgi-bin/latin1.pl", encoding: "windows-1251" as const }] };
    expect((await search(cyrillic)).found).toMatchObject([{ path: "cgi-bin/latin1.pl", encoding: "windows-1251" }]);
  });

  test("for bytes, in text and in other files, with those around them", async () => {
    const { found } = await search({ ...wanted("x"), query: { kind: "bytes", hex: "4dc3b662" } });
    expect(found.map(({ path, encoding }) => [path, encoding])).toEqual([
      ["cgi-bin/utf8.pl", "utf-8"],
      ["htdocs/data.bin", null],
    ]);
    expect(found[1]?.bytes).toEqual([
      { offset: 3, length: 4, line: null, before: "000102", match: "4dc3b662", after: "656c" },
    ]);
    expect(found[0]?.bytes).toMatchObject([{ line: 2 }]);
  });

  test.each(["utf-8", "utf-16le", "utf-16be"] as const)(
    "for bytes of lines in %s, whatever ends them",
    async (encoding) => {
      const text = Buffer.from("\ufeffa\r\na\ra\n\r\na", encoding === "utf-8" ? "utf8" : "utf16le");
      folder.write("site/lines.txt", encoding === "utf-16be" ? text.swap16() : text);
      const linesOf = async (hex: string) => {
        const { found } = await search({ ...wanted("x"), include: "lines.txt", query: { kind: "bytes", hex } });
        return found.flatMap(({ bytes }) => bytes.map(({ line }) => line));
      };
      expect([await linesOf("61"), await linesOf("0a")]).toEqual([
        [1, 2, 3, 5],
        [1, 3, 4],
      ]);
    },
  );

  test("within bounds, which are said", async () => {
    const bounds = { maxMatches: 2, maxBytes: 1 << 20, maxFileBytes: 1 << 20, maxMs: 10_000 };
    expect((await search(wanted("möbel"), bounds)).progress).toMatchObject({ end: "matches", searched: 1 });
    expect((await search(wanted("möbel"), { ...bounds, maxMatches: 9, maxBytes: 70 })).progress).toMatchObject({
      end: "bytes",
    });
    expect((await search(wanted("möbel"), { ...bounds, maxMs: -1 })).progress).toMatchObject({
      end: "time",
      searched: 0,
    });
    expect((await search(wanted("möbel"), { ...bounds, maxFileBytes: 20 })).progress).toMatchObject({ skipped: 3 });
  });

  test("a long line is cut around its first match", async () => {
    folder.write("site/long.txt", `${"x".repeat(500)}needle${"y".repeat(500)}`);
    const { found } = await search(wanted("needle"));
    expect(found[0]?.lines[0]).toMatchObject({ column: 501, marks: [[60, 66]] });
    expect(found[0]?.lines[0]?.text).toHaveLength(240);
  });

  test("lines of which a regular expression is tried on the beginning alone are counted", async () => {
    const long = "x".repeat(maxExpressionLine);
    folder.write("site/a.txt", `foo ${long} foo\n${long}\n`);
    folder.write("site/b.txt", `${long} foo\nfoo`);
    for (const isRegex of [true, false]) {
      const { progress } = await search({ ...wanted("foo", { isRegex }), include: "*.txt" });
      expect(progress).toMatchObject(isRegex ? { matches: 2, cutLines: 2 } : { matches: 4, cutLines: 0 });
      const files = ["a.txt", "b.txt"].map((path) => ({ path, encoding: null }));
      const preview = await new Replacements().preview(
        workspace,
        { query: query("foo", { isRegex }), replacement: "" },
        files,
      );
      expect(preview.files.map(({ cutLines }) => cutLines)).toEqual(isRegex ? [1, 1] : [0, 0]);
    }
  });

  test("a search ends when its caller goes, and when it is not asked for in time", async () => {
    const searches = new Searches();
    const stopped = searches.begin(workspace, wanted("möbel"));
    await expect(searches.next(stopped, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
    await expect(searches.next(stopped, never)).rejects.toMatchObject({ problem: { code: "not-found" } });
    const first = searches.begin(workspace, wanted("möbel"));
    for (let count = 0; count < 8; count++) searches.begin(workspace, wanted("möbel"));
    await expect(searches.next(first, never)).rejects.toMatchObject({ problem: { code: "not-found" } });
  });

  test("replaces, changes no other byte, and one undo restores all", async () => {
    const before = ["cgi-bin/latin1.pl", "cgi-bin/utf8.pl", "htdocs/wide.txt"].map((path) => bytesOf(path));
    const replacements = new Replacements();
    const change = { query: query("(M)ö(bel)", { isRegex: true }), replacement: "$1oe$2" };
    const files = ["cgi-bin/latin1.pl", "cgi-bin/utf8.pl", "htdocs/wide.txt", "htdocs/data.bin", "gone.txt"];
    const preview = await replacements.preview(
      workspace,
      change,
      files.map((path) => ({ path, encoding: null })),
    );
    expect(preview.left.map(({ path, why }) => [path, why.code])).toEqual([
      ["htdocs/data.bin", "not-text"],
      ["gone.txt", "gone"],
    ]);
    expect(preview.files[1]).toMatchObject({
      path: "cgi-bin/utf8.pl",
      lines: [
        {
          line: 2,
          parts: [
            { kind: "same", text: "print '" },
            { kind: "removed", text: "Möbel" },
            { kind: "added", text: "Moebel" },
            { kind: "same", text: "';" },
          ],
        },
      ],
    });
    expect(bytesOf("cgi-bin/utf8.pl")).toEqual(before[1]);

    const { token, replaced, matches } = await replacements.replace(workspace, change, preview.files);
    expect([replaced.length, matches]).toEqual([3, 4]);
    expect(bytesOf("cgi-bin/latin1.pl")).toEqual(
      latin1("#!/usr/bin/perl\r\n# Moebel und MOEBEL\r\nprint 'K\xfcche';\n".replace("MOEBEL", "MoeBEL")),
    );
    expect(bytesOf("htdocs/wide.txt")).toEqual(Buffer.from("\ufeffeins\nMoebel\n", "utf16le"));
    expect(await replacements.undo(token ?? "")).toEqual({ restored: replaced, left: [], token: null });
    expect(replaced.map(bytesOf)).toEqual(before);
    await expect(replacements.undo(token ?? "")).rejects.toMatchObject({ problem: { code: "not-found" } });
  });

  test("an undo that fails for a file can be repeated for that file, and two at once restore once", async () => {
    const paths = ["cgi-bin/latin1.pl", "cgi-bin/utf8.pl", "htdocs/wide.txt"];
    const before = paths.map(bytesOf);
    const replacements = new Replacements();
    const disk = withFullDisk(workspace);
    const change = { query: query("möbel"), replacement: "moebel" };
    const files = paths.map((path) => ({ path, encoding: null }));
    const preview = await replacements.preview(disk.folder, change, files);
    const token = (await replacements.replace(disk.folder, change, preview.files)).token ?? "";
    disk.full.add("cgi-bin/latin1.pl");
    folder.write("site/cgi-bin/utf8.pl", "edited");
    const both = await Promise.allSettled([replacements.undo(token), replacements.undo(token)]);
    expect(both).toMatchObject([
      {
        status: "fulfilled",
        value: {
          restored: ["htdocs/wide.txt"],
          left: [
            { path: "cgi-bin/latin1.pl", why: { code: "failed" } },
            { path: "cgi-bin/utf8.pl", why: { code: "changed-since" } },
          ],
          token,
        },
      },
      { status: "rejected", reason: { problem: { code: "not-found" } } },
    ]);
    disk.full.clear();
    expect(await replacements.undo(token)).toEqual({ restored: ["cgi-bin/latin1.pl"], left: [], token: null });
    expect(paths.map(bytesOf)).toEqual([before[0], Buffer.from("edited"), before[2]]);
    await expect(replacements.undo(token)).rejects.toMatchObject({ problem: { code: "not-found" } });
  });

  test("replaces every match of a line, of which a preview shows the first", async () => {
    folder.write("site/one-line.json", `[${"1,".repeat(5000)}2]`);
    const replacements = new Replacements();
    const change = { query: query(","), replacement: ";" };
    const preview = await replacements.preview(workspace, change, [{ path: "one-line.json", encoding: null }]);
    const [line] = preview.files[0]?.lines ?? [];
    const removed = line?.parts.filter(({ kind }) => kind === "removed").length ?? 0;
    expect([preview.files[0]?.matches, removed + (line?.more ?? 0)]).toEqual([5000, 5000]);
    expect(line?.parts.length).toBeLessThan(60);
    expect(line?.parts.slice(0, 3)).toEqual([
      { kind: "same", text: "[1" },
      { kind: "removed", text: "," },
      { kind: "added", text: ";" },
    ]);
    expect((await replacements.replace(workspace, change, preview.files)).matches).toBe(5000);
    expect(bytesOf("one-line.json").toString()).toBe(`[${"1;".repeat(5000)}2]`);
  });

  test("a preview shows the beginning of a long text that goes or comes", async () => {
    folder.write("site/long.txt", `${"x".repeat(5000)} end`);
    const change = { query: query("x+", { isRegex: true }), replacement: "$&$&" };
    const preview = await new Replacements().preview(workspace, change, [{ path: "long.txt", encoding: null }]);
    const shown = `${"x".repeat(240)}…`;
    expect(preview.files[0]?.lines).toEqual([
      {
        line: 1,
        parts: [
          { kind: "removed", text: shown },
          { kind: "added", text: shown },
          { kind: "same", text: " end" },
        ],
        more: 0,
      },
    ]);
  });

  test("leaves out what an encoding does not have, and what changed since the preview", async () => {
    const replacements = new Replacements();
    const change = { query: query("möbel"), replacement: "5 €" };
    const preview = await replacements.preview(workspace, change, [
      { path: "cgi-bin/latin1.pl", encoding: null },
      { path: "cgi-bin/utf8.pl", encoding: null },
    ]);
    expect(preview.left).toMatchObject([{ path: "cgi-bin/latin1.pl", why: { code: "failed" } }]);
    folder.write("site/cgi-bin/utf8.pl", "# Möbel, by another program\n");
    const { token, left } = await replacements.replace(workspace, change, preview.files);
    expect([token, left.map(({ why }) => why.code)]).toEqual([null, ["changed"]]);
  });
});
