// A real folder, opened, listed, read, configured, and changed from outside.
import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { describe, expect, test } from "vitest";
import { maxListedDepth } from "../../../server/contract/limits.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { Containment } from "../../../server/routing/containment.js";
import { FileIndex } from "../../../server/workspace/files/file-index.js";
import { listFiles } from "../../../server/workspace/files/file-list.js";
import { absoluteFolder, foldersIn } from "../../../server/workspace/files/folders.js";
import { hashOf } from "../../../server/workspace/files/text-file.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { coded } from "../../support/coded.js";
import { waitFor } from "../../support/wait-for.js";
import { type Entry, routingOf, site } from "../routing/site.js";
import { hashOfText, opened, problemCode, save } from "./opened-workspace.js";

const isRoot = process.getuid?.() === 0;

describe("opening", () => {
  test.each([
    ["a folder that is missing", "/no/such/folder", "folder-missing"],
    ["a file", "/etc/passwd", "not-a-folder"],
    ["something below a file", "/etc/passwd/x", "not-a-folder"],
    ["a relative path", "site", "relative-path"],
    ["a NUL", "/tmp\0/x", "relative-path"],
  ])("%s is refused in words", async (_what, path, code) => {
    expect(await problemCode(Workspace.open(path))).toBe(code);
  });

  test("a folder without permission is refused in words", async () => {
    using folder = site({ "shut/": "" });
    chmodSync(`${folder.root}/shut`, 0);
    if (isRoot) process.seteuid?.(65_534); // root may enter everything, so be somebody else for a moment
    try {
      expect(await problemCode(Workspace.open(`${folder.root}/shut`))).toBe("no-permission");
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test("~ is the home folder", () => {
    expect(absoluteFolder("~/x/../y")).toBe(`${homedir()}/y`);
    expect(absoluteFolder("~")).toBe(homedir());
  });

  test("a folder that is open already is joined, under whatever name; closed, it is free again", async () => {
    const { folder, workspace, lockFolder } = await opened({ "x/": "" });
    symlinkSync(folder.root, `${lockFolder}/alias`);
    const second = await Workspace.open(`${lockFolder}/alias`, { lockFolder });
    expect([workspace.joined, second.joined, second.root]).toEqual([false, true, folder.root]);
    await workspace.dispose();
    await workspace.dispose();
    const third = await Workspace.open(folder.root, { lockFolder });
    expect(third.joined).toBe(false);
    await Promise.all([second.dispose(), third.dispose()]);
  });

  test("a lock that cannot be had is a problem to show, and the folder opens all the same", async () => {
    using folder = site({ "x/": "" });
    const workspace = await Workspace.open(folder.root, { lockFolder: "/no/such/folder" });
    expect(workspace.problems).toMatchObject([{ code: "lock" }]);
    await workspace.dispose();
  });
});

test("folders to choose from: visible ones, by name, links to folders among them", async () => {
  using folder = site({
    "b/": "",
    "a/": "",
    ".hidden/": "",
    file: "x",
    "to-a": { link: "a" },
    "to-file": { link: "file" },
    "to-nothing": { link: "nothing" },
  });
  expect(await foldersIn(folder.root)).toMatchObject({
    path: folder.root,
    folders: ["a", "b", "to-a"],
    truncated: false,
  });
  expect(await problemCode(foldersIn(`${folder.root}/file`))).toBe("not-a-folder");
  expect(await problemCode(foldersIn("here"))).toBe("relative-path");
  expect((await foldersIn("/")).parent).toBeNull();
});

describe("the list of files", () => {
  test("has modes and targets; hidden files and node_modules are not in it", async () => {
    const { workspace } = await opened({
      "cgi-bin/x.py": "x",
      "index.html": "<p>",
      "run.sh": { run: "#!/bin/sh\n" },
      ".git/config": "x",
      "node_modules/a/b.js": "x",
      "é/a.bak": "x",
    });
    const { entries, truncated } = await workspace.list();
    expect(truncated).toBe(false);
    expect(entries.map(({ path, kind, mode, target, executable }) => [path, kind, mode, target, executable])).toEqual([
      ["cgi-bin", "folder", null, null, false],
      ["index.html", "file", null, "/index.html", false],
      ["run.sh", "file", "cgi", "/run.sh", true],
      ["é", "folder", null, null, false],
      ["cgi-bin/x.py", "file", "cgi", "/cgi-bin/x.py", false],
      ["é/a.bak", "file", null, null, false],
    ]);
  });

  test("goes round no circle of links", async () => {
    const { workspace } = await opened({
      "a/b/deep.txt": "x",
      "a/up": { link: ".." },
      "c/a": { link: "../a" },
      out: { link: "/etc" },
    });
    const { entries } = await workspace.list();
    expect(entries.map(({ path }) => path)).toEqual([
      "a",
      "c",
      "out",
      "a/b",
      "a/up",
      "c/a",
      "a/b/deep.txt",
      "c/a/b",
      "c/a/up",
      "c/a/b/deep.txt",
    ]);
  });

  test("ends at its bound, without the deepest", async () => {
    using folder = site({ "a/b/deep.txt": "x", "many/1": "", "many/2": "", "many/3": "", "z.txt": "" });
    const listing = {
      root: folder.root,
      routing: routingOf(folder.root),
      containment: new Containment(folder.root, []),
    };
    const { listed, truncated } = await listFiles(listing, 6);
    expect([truncated, listed.map(({ entry }) => entry.path)]).toEqual([
      true,
      ["a", "many", "z.txt", "a/b", "many/1", "many/2"],
    ]);
    expect((await listFiles(listing, 8)).truncated).toBe(false);
  });

  test("of folders in folders, 64 are listed, and the path of a change is looked at as far (R10)", async () => {
    using folder = site({ "x/": "" });
    mkdirSync(`${folder.root}/${Array.from({ length: 1500 }, () => "d").join("/")}`, { recursive: true });
    const listing = {
      root: folder.root,
      routing: routingOf(folder.root),
      containment: new Containment(folder.root, []),
    };
    const { listed, truncated } = await listFiles(listing);
    expect([truncated, listed.length, listed.at(-1)?.entry.path.length]).toEqual([true, 65, 127]);
    const files = new FileIndex({ listing: () => listing });
    const { version } = await files.all();
    files.changed([Array.from({ length: 1500 }, () => "d").join("/")]);
    const after = await files.since(version);
    expect(after.entries.length).toBe(65);
  });
});

describe("reading", () => {
  test("tells text from what is none", async () => {
    const { folder, workspace } = await opened({
      "a.py": { run: "print('ü')\r\n" },
      image: Buffer.from([0x89, 0x50, 0]),
    });
    expect(await workspace.read("a.py")).toEqual({
      kind: "text",
      path: "a.py",
      text: "print('ü')\r\n",
      hash: hashOf(Buffer.from("print('ü')\r\n")),
      encoding: "utf-8",
      detected: "utf-8",
      mixesUtf8: false,
      undecodable: [],
      bom: false,
      lineEnd: "crlf",
      executable: true,
    });
    expect(await workspace.read("image")).toMatchObject({ kind: "binary", sizeBytes: 3 });
    writeFileSync(`${folder.root}/large`, Buffer.alloc((8 << 20) + 1, "x"));
    expect(await workspace.read("large")).toMatchObject({ kind: "too-large", sizeBytes: (8 << 20) + 1 });
  });

  test("refuses what is missing, no file, a pipe (without waiting for its writer), or outside", async () => {
    const { folder, workspace } = await opened({
      "sub/": "",
      "out.txt": { link: "/etc/passwd" },
      out: { link: "/etc" },
    });
    execFileSync("mkfifo", [`${folder.root}/pipe`]);
    expect(await problemCode(workspace.read("missing"))).toBe("not-found");
    expect(await problemCode(workspace.read("sub"))).toBe("not-a-file");
    expect(await problemCode(workspace.read("pipe"))).toBe("not-a-file");
    expect(await problemCode(workspace.read("out.txt"))).toBe("outside");
    expect(await problemCode(workspace.read("out/passwd"))).toBe("outside");
  });
});

describe("changes from outside", () => {
  test("are reported with their paths: written, replaced, removed, created in a new folder; hidden files are not", async () => {
    const { folder, workspace, changes } = await opened({ "a.py": "x", "b.py": "x", ".git/x": "x" });
    await workspace.watching;
    const told = (path: string) => waitFor(`news of ${path}`, () => changes.some(({ paths }) => paths?.includes(path)));
    await waitFor("the first list", () => changes.some(({ paths }) => paths === null));
    const rev = workspace.filesRev;
    writeFileSync(`${folder.root}/.git/x`, "y");
    writeFileSync(`${folder.root}/a.py`, "y");
    await told("a.py");
    rmSync(`${folder.root}/b.py`);
    await told("b.py");
    mkdirSync(`${folder.root}/new/er`, { recursive: true });
    writeFileSync(`${folder.root}/new/er/c.py`, "x");
    await told("new/er/c.py");
    linkSync(`${folder.root}/a.py`, `${folder.root}/d.py`);
    renameSync(`${folder.root}/d.py`, `${folder.root}/new/er/c.py`);
    await told("new/er/c.py");
    expect(workspace.filesRev).toBeGreaterThan(rev);
    expect(changes.flatMap(({ paths }) => paths ?? []).some((path) => path.startsWith(".git"))).toBe(false);
  });

  test("are reported as deep as files are listed", async () => {
    const path = `${"d/".repeat(maxListedDepth - 1)}a.py`;
    const { folder, workspace, changes } = await opened({ [path]: "x" });
    await workspace.watching;
    await waitFor("the first list", () => changes.some(({ paths }) => paths === null));
    writeFileSync(`${folder.root}/${path}`, "y");
    await waitFor("news of the file", () => changes.some(({ paths }) => paths?.includes(path)));
  });

  // Where the file system ignores case, the old name still leads to the file: only the folder tells which is its name.
  test.each<[string, (workspace: Workspace, root: string) => unknown]>([
    ["in the workbench", (workspace) => workspace.changes.move("a.py", "A.py")],
    ["outside", (_, root) => renameSync(`${root}/a.py`, `${root}/A.py`)],
  ])("of a name's spelling alone are reported as unknown ones: %s", async (_where, rename) => {
    const { folder, workspace, changes } = await opened({ "a.py": "x" });
    await workspace.watching;
    await waitFor("the first list", () => changes.some(({ paths }) => paths === null));
    changes.length = 0;
    await rename(workspace, folder.root);
    await waitFor("the change", () => changes.length > 0);
    expect(changes[0]?.paths).toBeNull();
    expect((await workspace.list()).entries.map(({ path }) => path)).toEqual(["A.py"]);
  });

  test("a save of the workbench is reported once", async () => {
    const { folder, workspace, changes } = await opened({ "a.py": "x", "b.py": "x" });
    await workspace.watching;
    await waitFor("the first list", () => changes.some(({ paths }) => paths === null));
    const told = (path: string): number => changes.filter(({ paths }) => paths?.includes(path)).length;
    await save(workspace, "a.py", "own", hashOfText("x"));
    expect(told("a.py")).toBe(1);
    writeFileSync(`${folder.root}/b.py`, "y");
    await waitFor("a later change", () => told("b.py") > 0);
    expect(told("a.py")).toBe(1);
  });

  // A save replaces the file: what watches a file and not its folder would still look at the one that was replaced.
  test.each([
    ["in place", (file: string) => writeFileSync(file, "foreign")],
    [
      "by another file",
      (file: string) => {
        writeFileSync(`${file}.new`, "foreign");
        renameSync(`${file}.new`, file);
      },
    ],
    ["by a new mode", (file: string) => chmodSync(file, 0o755)],
  ])("another program's change right after a save of the workbench is reported: %s", async (_how, change) => {
    const { folder, workspace, changes } = await opened({ "a.py": "x" });
    await workspace.watching;
    await waitFor("the first list", () => changes.some(({ paths }) => paths === null));
    const told = (): number => changes.filter(({ paths }) => paths?.includes("a.py")).length;
    await save(workspace, "a.py", "own", hashOfText("x"));
    expect(told()).toBe(1);
    change(`${folder.root}/a.py`);
    await waitFor("a change from outside", () => told() > 1);
    const before = told();
    writeFileSync(`${folder.root}/a.py`, "foreign again");
    await waitFor("another one", () => told() > before);
  });

  test("nothing is reported after the workspace is closed", async () => {
    const { folder, workspace, changes } = await opened({ "a.py": "x" });
    await workspace.watching;
    await workspace.dispose();
    const before = changes.length;
    writeFileSync(`${folder.root}/a.py`, "y");
    await new Promise(setImmediate);
    expect(changes.length).toBe(before);
  });
});

describe("the configuration", () => {
  const kindOf = (workspace: Workspace) =>
    workspace.routing.resolve({ path: byteString("/x.txt"), query: byteString("") }).kind;

  test("applies at once when it is saved; a mistake keeps the last good one and shows the line", async () => {
    const { folder, workspace, changes } = await opened({ "x.txt": "x" });
    const routing = workspace.routing;
    expect([kindOf(workspace), workspace.problems]).toEqual(["static", []]);
    const first = await workspace.write("cgi-workbench.json", {
      text: '{ "handlers": { ".txt": { "interpreter": ["sh"] } }, "inherit": ["LANG"], "limits": { "silenceMs": 5 } }',
      bom: false,
      expectedHash: null,
    });
    expect([kindOf(workspace), workspace.problems, workspace.config.limits.silenceMs]).toEqual(["script", [], 5]);
    expect(Object.fromEntries(workspace.inherited)).toEqual({ PATH: "/usr/bin:/bin", LANG: "C.UTF-8" });
    expect(workspace.routing).toBe(routing);
    expect(changes.some(({ config }) => config)).toBe(true);
    if (first.kind !== "saved") throw new Error("it was saved");

    await workspace.write("cgi-workbench.json", { text: '{\n "handlers" }', bom: false, expectedHash: first.hash });
    expect(kindOf(workspace)).toBe("script");
    expect(workspace.problems).toMatchObject([
      { code: "configuration", line: 2, data: { mistake: coded("syntax-error", { parserCode: "ColonExpected" }) } },
    ]);

    await workspace.watching;
    writeFileSync(`${folder.root}/cgi-workbench.json`, "{}");
    await waitFor("the change from outside", () => kindOf(workspace) === "static" && workspace.problems.length === 0);
    expect(workspace.config.limits.silenceMs).toBe(60_000);
  });

  test.each<[what: string, entries: Readonly<Record<string, Entry>>, path: string]>([
    ["a link to it", { "cgi-workbench.json": "{}", "settings.json": { link: "cgi-workbench.json" } }, "settings.json"],
    ["its target", { "conf/site.json": "{}", "cgi-workbench.json": { link: "conf/site.json" } }, "conf/site.json"],
  ])("applies at once when it is saved by another name: %s", async (_what, entries, path) => {
    const { workspace } = await opened(entries);
    await save(workspace, path, '{ "limits": { "silenceMs": 5 } }', hashOfText("{}"));
    expect(workspace.config.limits.silenceMs).toBe(5);
  });

  const run = { kind: "script", interpreter: ["/usr/bin/sh"] };
  const served = (workspace: Workspace) =>
    workspace.routing.resolve({ path: byteString("/x.sh"), query: byteString("") });

  test("with a mistake at the start leaves the defaults, with handlers that work", async () => {
    const { workspace } = await opened({ "cgi-workbench.json": "{ nonsense", "x.sh": "echo" });
    expect(workspace.problems).not.toEqual([]);
    expect([workspace.routeOf("x.sh"), served(workspace)]).toMatchObject([run, run]);
  });

  test("that may protect files serves nothing with a mistake at the start, and lists files as without it", async () => {
    const { workspace } = await opened({ "cgi-workbench.json": "{ auth", "x.sh": "echo" });
    expect(workspace.routeOf("x.sh")).toMatchObject(run);
    const isClosed = (): void =>
      expect(served(workspace)).toMatchObject({
        kind: "none",
        status: 503,
        why: coded("configuration-invalid", { mistake: workspace.problems[0]?.message }),
      });
    isClosed();
    await save(workspace, "cgi-workbench.json", "{", hashOfText("{ auth")); // as if it were half written
    isClosed();
    await save(workspace, "cgi-workbench.json", "{}", hashOfText("{"));
    expect(served(workspace)).toMatchObject(run);
  });

  test("nothing of the workbench's own environment is inherited but PATH and what is named", async () => {
    const { workspace } = await opened({ "x/": "" });
    expect(Object.fromEntries(workspace.inherited)).toEqual({ PATH: "/usr/bin:/bin" });
  });
});
