// What the explorer does to files, on a real folder: nothing is ever replaced, nothing outside or hidden is touched,
// and what was removed comes back byte for byte, mode by mode; within one file system and across two.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { Containment } from "../../../server/routing/containment.js";
import { FileChanges } from "../../../server/workspace/files/file-changes.js";
import { moveFile } from "../../../server/workspace/files/move-file.js";
import { Trash } from "../../../server/workspace/files/trash.js";
import { Workspace, type WorkspaceChange } from "../../../server/workspace/workspace.js";
import { problem } from "../../support/coded.js";
import { otherFileSystem } from "../../support/other-file-system.js";
import { type Entry, type Site, site } from "../routing/site.js";
import { asNobody, nobody } from "./as-nobody.js";

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function opened(
  entries: Readonly<Record<string, Entry>>,
  { trashIn = "/tmp" } = {},
): Promise<{ folder: Site; workspace: Workspace; changes: WorkspaceChange[]; trash: string }> {
  const folder = site(entries);
  const trash = mkdtempSync(join(trashIn, "cgi-workbench-trash-"));
  ends.push(
    () => folder[Symbol.dispose](),
    () => rmSync(trash, { recursive: true, force: true }),
  );
  const changes: WorkspaceChange[] = [];
  const workspace = await Workspace.open(folder.root, {
    lockFolder: trash,
    trashFolder: join(trash, "trash"),
    onChange: (change) => changes.push(change),
  });
  ends.push(() => workspace.dispose());
  return { folder, workspace, changes, trash };
}

const problemCode = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "none",
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  );

/** Everything in a folder: path → what it is, its mode, its content. Drafts left behind would show here. */
function snapshot(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  // Names are bytes: as Latin-1 each byte is a character.
  const visit = (path: string): void => {
    for (const name of readdirSync(Buffer.from(`${folder}/${path}`, "latin1"), { encoding: "latin1" })) {
      const below = path === "" ? name : `${path}/${name}`;
      const file = Buffer.from(`${folder}/${below}`, "latin1");
      const stats = lstatSync(file);
      const mode = (stats.mode & 0o7777).toString(8);
      if (stats.isSymbolicLink()) found[below] = `link ${readlinkSync(file)}`;
      else if (stats.isDirectory()) {
        found[below] = `folder ${mode}`;
        visit(below);
      } else found[below] = `file ${mode} ${readFileSync(file).toString("base64")} ${Math.round(stats.mtimeMs)}`;
    }
  };
  visit("");
  return found;
}

describe("creating", () => {
  test("creates a file with its text and mode, and missing folders above it, and reports it at once", async () => {
    const { folder, workspace, changes } = await opened({ "x.txt": "x" });
    await workspace.changes.create("cgi-bin/new/hello.py", {
      text: "#!/usr/bin/env python3\nprint('ü')\n",
      executable: true,
    });
    await workspace.changes.create("plain.txt", { text: "", executable: false });
    const umask = process.umask();
    expect(readFileSync(join(folder.root, "cgi-bin/new/hello.py"), "utf8")).toBe(
      "#!/usr/bin/env python3\nprint('ü')\n",
    );
    expect(statSync(join(folder.root, "cgi-bin/new/hello.py")).mode & 0o777).toBe(0o777 & ~umask);
    expect(statSync(join(folder.root, "plain.txt")).mode & 0o777).toBe(0o666 & ~umask);
    expect(changes.flatMap(({ paths }) => paths ?? [])).toEqual(
      expect.arrayContaining(["cgi-bin/new/hello.py", "plain.txt"]),
    );
    await workspace.changes.createFolder("a/b");
    expect(statSync(join(folder.root, "a/b")).isDirectory()).toBe(true);
  });

  test("never over something that is there: a file, a folder, a link to nothing", async () => {
    const { folder, workspace } = await opened({ "a.txt": "mine", "dir/": "", "to-nothing": { link: "nowhere" } });
    const before = snapshot(folder.root);
    for (const path of ["a.txt", "dir", "to-nothing"]) {
      expect([path, await problemCode(workspace.changes.create(path, { text: "other", executable: true }))]).toEqual([
        path,
        "exists",
      ]);
      expect([path, await problemCode(workspace.changes.createFolder(path))]).toEqual([path, "exists"]);
    }
    expect(await problemCode(workspace.changes.create("a.txt/below", { text: "", executable: false }))).toBe(
      "not-found",
    );
    expect(await problemCode(workspace.changes.create(`${"ü".repeat(200)}.txt`, { text: "", executable: false }))).toBe(
      "name-too-long",
    );
    expect(await problemCode(workspace.changes.create("half.txt", { text: "\ud800", executable: false }))).toBe(
      "not-text",
    );
    expect(snapshot(folder.root)).toEqual(before);
  });

  test("two at once with one name: one wins, and is whole", async () => {
    const { folder, workspace } = await opened({});
    const both = await Promise.all(
      ["first", "second"].map((text) => problemCode(workspace.changes.create("x", { text, executable: false }))),
    );
    expect(both).toEqual(["none", "exists"]);
    expect(readFileSync(join(folder.root, "x"), "utf8")).toBe("first");
  });
});

describe("hidden and outside", () => {
  const tried = (workspace: Workspace, path: string): Promise<unknown>[] => [
    workspace.changes.create(path, { text: "x", executable: false }),
    workspace.changes.createFolder(path),
    workspace.changes.move(path, "y.txt"),
    workspace.changes.move("x.txt", path),
    workspace.changes.copy(path, "y.txt"),
    workspace.changes.copy("x.txt", path),
    workspace.changes.remove(path, false),
    workspace.changes.remove(path, true),
    workspace.changes.setExecutable(path, true),
  ];

  test("hidden names and node_modules are left alone, also behind links", async () => {
    const { folder, workspace } = await opened({
      ".git/config": "x",
      "node_modules/a.js": "x",
      "x.txt": "x",
      way: { link: ".git" },
      config: { link: ".git/config" },
    });
    const before = snapshot(folder.root);
    for (const path of [".git/config", ".htaccess", "node_modules/a.js", "node_modules", "way/config", "way/new"])
      for (const attempt of tried(workspace, path))
        expect([path, await problemCode(attempt)]).toEqual([path, "hidden"]);
    expect(await problemCode(workspace.changes.setExecutable("config", true))).toBe("hidden");
    expect(await problemCode(workspace.changes.copy("config", "y.txt"))).toBe("hidden");
    expect(snapshot(folder.root)).toEqual(before);
  });

  test("nothing behind a link out of the workspace is changed, unless the configuration lists it", async () => {
    using outside = site({ "secret.txt": "secret" });
    const { folder, workspace } = await opened({
      "x.txt": "x",
      out: { link: outside.root },
      file: { link: join(outside.root, "secret.txt") },
    });
    for (const path of ["out/secret.txt", "out/new/deep.txt"])
      for (const attempt of tried(workspace, path))
        expect(["outside", "not-found"]).toContain(await problemCode(attempt));
    expect(await problemCode(workspace.changes.create("out/new/deep.txt", { text: "", executable: false }))).toBe(
      "outside",
    );
    expect(await problemCode(workspace.changes.remove("out/secret.txt", true))).toBe("outside");
    expect(await problemCode(workspace.changes.setExecutable("file", true))).toBe("outside");
    expect(await problemCode(workspace.changes.copy("file", "y.txt"))).toBe("outside");
    expect(snapshot(outside.root)).toEqual({ "secret.txt": expect.stringMatching(/^file 6\d\d c2VjcmV0 /) });
    await workspace.write("cgi-workbench.json", {
      text: JSON.stringify({ links: [outside.root] }),
      bom: false,
      expectedHash: null,
    });
    await workspace.changes.move("out/secret.txt", "out/renamed.txt");
    expect(Object.keys(snapshot(outside.root))).toEqual(["renamed.txt"]);
    expect(existsSync(join(folder.root, "x.txt"))).toBe(true);
  });

  test("a link is moved and removed itself; what it leads to stays", async () => {
    using outside = site({ "secret.txt": "secret" });
    const { folder, workspace } = await opened({
      "a/x.txt": "x",
      "to-x": { link: "a/x.txt" },
      out: { link: outside.root },
    });
    await workspace.changes.move("out", "elsewhere");
    expect(readlinkSync(join(folder.root, "elsewhere"))).toBe(outside.root);
    const token = await workspace.changes.remove("elsewhere", false);
    await workspace.changes.remove("to-x", true);
    expect(Object.keys(snapshot(folder.root)).sort()).toEqual(["a", "a/x.txt"]);
    expect(Object.keys(snapshot(outside.root))).toEqual(["secret.txt"]);
    await workspace.changes.restore(token ?? "");
    expect(readlinkSync(join(folder.root, "elsewhere"))).toBe(outside.root);
  });
});

describe("moving", () => {
  test("files and folders keep bytes, mode and what is in them; folders on the way are made", async () => {
    const { folder, workspace, changes } = await opened({
      "a.py": { run: "#!x" },
      "dir/sub/b.txt": "b",
      "dir/.keep": "k",
    });
    chmodSync(join(folder.root, "a.py"), 0o4751);
    const inode = statSync(join(folder.root, "a.py")).ino;
    await workspace.changes.move("a.py", "new/place/b.py");
    expect(statSync(join(folder.root, "new/place/b.py"))).toMatchObject({ ino: inode, mode: 0o104751 });
    await workspace.changes.move("dir", "other");
    expect(Object.keys(snapshot(folder.root)).sort()).toEqual([
      "new",
      "new/place",
      "new/place/b.py",
      "other",
      "other/.keep",
      "other/sub",
      "other/sub/b.txt",
    ]);
    expect(changes.at(-1)?.paths).toEqual(["dir", "other"]);
    await workspace.changes.move("other", "other");
  });

  test("never over something that is there, not even an empty folder", async () => {
    const { folder, workspace } = await opened({
      "a.txt": "a",
      "b.txt": "b",
      "dir/x": "x",
      "empty/": "",
      link: { link: "nowhere" },
    });
    linkSync(join(folder.root, "a.txt"), join(folder.root, "same.txt"));
    const before = snapshot(folder.root);
    for (const from of ["a.txt", "dir", "link"])
      for (const to of ["b.txt", "empty", "same.txt"])
        expect([from, to, await problemCode(workspace.changes.move(from, to))]).toEqual([from, to, "exists"]);
    expect(await problemCode(workspace.changes.move("dir", "dir/below"))).toBe("into-itself");
    expect(await problemCode(workspace.changes.move("gone", "made/gone"))).toBe("not-found");
    expect(snapshot(folder.root)).toEqual(before);
  });

  test("a folder is not moved into itself behind a link", async () => {
    const { folder, workspace } = await opened({ "dir/x": "x", back: { link: "dir" } });
    expect(await problemCode(workspace.changes.move("dir", "back/y"))).toBe("into-itself");
    expect(Object.keys(snapshot(folder.root)).sort()).toEqual(["back", "dir", "dir/x"]);
  });

  test("a file or link that cannot be taken from its folder has no second name afterwards", async () => {
    using folder = site({ "shut/a.txt": "a", "shut/link": { link: "a.txt" }, "open/": "" });
    const at = (path: string): string => join(folder.root, path);
    if (nobody !== null) for (const path of ["", "shut", "shut/a.txt", "open"]) chownSync(at(path), nobody, nobody);
    chmodSync(at("shut"), 0o555);
    try {
      await asNobody(async () => {
        for (const name of ["a.txt", "link"])
          await expect(moveFile(at(`shut/${name}`), at(`open/${name}`))).rejects.toMatchObject({ code: "EACCES" });
      });
    } finally {
      chmodSync(at("shut"), 0o755);
    }
    expect([readdirSync(at("shut")).sort(), readdirSync(at("open"))]).toEqual([["a.txt", "link"], []]);
    expect(statSync(at("shut/a.txt")).nlink).toBe(1);
  });

  test.skipIf(otherFileSystem === undefined)(
    "to another file system is refused in words (needs a second file system)",
    async () => {
      using outside = site({});
      const elsewhere = mkdtempSync(join(otherFileSystem ?? "", "cgi-workbench-other-"));
      ends.push(() => rmSync(elsewhere, { recursive: true }));
      const { folder, workspace } = await opened({
        "a.txt": "a",
        "dir/b": "b",
        out: { link: elsewhere },
        "cgi-workbench.json": JSON.stringify({ links: [elsewhere] }),
      });
      expect(await problemCode(workspace.changes.move("a.txt", "out/a.txt"))).toBe("other-file-system");
      expect(await problemCode(workspace.changes.move("dir", "out/dir"))).toBe("other-file-system");
      expect([readdirSync(elsewhere), existsSync(join(folder.root, "dir/b")), readdirSync(outside.root)]).toEqual([
        [],
        true,
        [],
      ]);
    },
  );
});

describe.each([
  ["within one file system", "/tmp"],
  ["across two file systems (needs a second one)", otherFileSystem],
])("removing and bringing back, %s", (_what, trashIn) => {
  const options = { trashIn: trashIn ?? "/tmp" };

  test.skipIf(trashIn === undefined)("restores a tree exactly: bytes, modes, times, links, odd names", async () => {
    const { folder, workspace, trash } = await opened(
      { "dir/a.py": { run: Buffer.from([0, 255, 13, 10]) }, "dir/sub/": "", "dir/.hidden": "h", "x.txt": "x" },
      options,
    );
    const dir = join(folder.root, "dir");
    chmodSync(join(dir, "a.py"), 0o4710);
    chmodSync(join(dir, ".hidden"), 0o600);
    symlinkSync("../x.txt", join(dir, "link"));
    writeFileSync(Buffer.concat([Buffer.from(`${dir}/latin-`), Buffer.from([0xfc])]), "bytes");
    chmodSync(join(dir, "sub"), 0o551);
    utimesSync(join(dir, "a.py"), 1_000_000_000, 1_234_567_890);
    const before = snapshot(folder.root);
    const token = await workspace.changes.remove("dir", false);
    expect(Object.keys(snapshot(folder.root))).toEqual(["x.txt"]);
    expect(await workspace.changes.restore(token ?? "")).toBe("dir");
    expect(snapshot(folder.root)).toEqual(before);
    expect(readdirSync(join(trash, "trash"))).toEqual([]);
    expect(await problemCode(workspace.changes.restore(token ?? ""))).toBe("removed-not-kept");
  });

  test.skipIf(trashIn === undefined)("is still possible after its folder has become a file", async () => {
    const { folder, workspace } = await opened({ "lib/db.py": "db" }, options);
    const token = (await workspace.changes.remove("lib/db.py", false)) ?? "";
    rmSync(join(folder.root, "lib"), { recursive: true });
    writeFileSync(join(folder.root, "lib"), "a file");
    expect(await problemCode(workspace.changes.restore(token))).toBe("not-found");
    rmSync(join(folder.root, "lib"));
    await workspace.changes.restore(token);
    expect(readFileSync(join(folder.root, "lib/db.py"), "utf8")).toBe("db");
  });

  test.skipIf(trashIn === undefined)("restores over nothing, and can be asked again", async () => {
    const { folder, workspace } = await opened({ "a.txt": "old", "dir/b.txt": "b" }, options);
    const token = (await workspace.changes.remove("a.txt", false)) ?? "";
    writeFileSync(join(folder.root, "a.txt"), "new");
    expect(await problemCode(workspace.changes.restore(token))).toBe("exists");
    expect(readFileSync(join(folder.root, "a.txt"), "utf8")).toBe("new");
    await workspace.changes.move("a.txt", "newer.txt");
    await workspace.changes.restore(token);
    expect(readFileSync(join(folder.root, "a.txt"), "utf8")).toBe("old");
    const inner = (await workspace.changes.remove("dir/b.txt", false)) ?? "";
    await workspace.changes.remove("dir", false);
    await workspace.changes.restore(inner); // its folder is made again
    expect(readFileSync(join(folder.root, "dir/b.txt"), "utf8")).toBe("b");
    expect(readdirSync(folder.root).sort()).toEqual(["a.txt", "dir", "newer.txt"]);
  });

  test.skipIf(trashIn === undefined || process.platform === "win32")(
    "what cannot be copied stays where it is",
    async () => {
      const { folder, workspace } = await opened({ "dir/a": "a" }, options);
      expect(spawnSync("mkfifo", [join(folder.root, "dir/pipe")]).status).toBe(0);
      const problem = await problemCode(workspace.changes.remove("dir", false));
      expect([problem, readdirSync(folder.root)]).toEqual(trashIn === "/tmp" ? ["none", []] : ["not-a-file", ["dir"]]);
      if (problem !== "none") expect(readdirSync(join(folder.root, "dir")).sort()).toEqual(["a", "pipe"]);
    },
  );
});

describe("the trash", () => {
  test("is private, outlives the server, and knows each workspace's own", async () => {
    const { folder, workspace, trash } = await opened({ "a.txt": "a" });
    const token = (await workspace.changes.remove("a.txt", false)) ?? "";
    expect(statSync(join(trash, "trash", token)).mode & 0o777).toBe(0o700);
    await workspace.dispose();
    using other = site({});
    const elsewhere = await Workspace.open(other.root, { lockFolder: trash, trashFolder: join(trash, "trash") });
    expect(await problemCode(elsewhere.changes.restore(token))).toBe("removed-not-kept");
    await elsewhere.dispose();
    const again = await Workspace.open(folder.root, { lockFolder: trash, trashFolder: join(trash, "trash") });
    await again.changes.restore(token);
    expect(readFileSync(join(folder.root, "a.txt"), "utf8")).toBe("a");
    await again.dispose();
  });

  test("is bounded: the oldest go, and what is too large is refused before it is touched", async () => {
    using folder = site({
      a: "1234",
      b: "1234",
      c: "1234",
      big: "0123456789ABCDEF",
      "many/1": "",
      "many/2": "",
      "many/3": "",
    });
    const place = join(folder.root, ".trash");
    const trash = new Trash(place, { bytes: 10, entries: 3, items: 2, ageMs: 60_000 });
    const take = (name: string): Promise<string | null> =>
      trash.take(join(folder.root, name), { root: folder.root, path: name });
    expect([await take("big"), await take("many")]).toEqual([null, null]);
    const tokens = [await take("a"), await take("b"), await take("c")];
    expect(readdirSync(place).sort()).toEqual([tokens[1] ?? "", tokens[2] ?? ""].sort());
    expect(readdirSync(folder.root).sort()).toEqual([".trash", "big", "many"]);
    mkdirSync(join(place, "odd"));
    writeFileSync(join(place, "odd/about.json"), "no json");
    await expect(trash.find(tokens[2] ?? "", folder.root)).resolves.toMatchObject({ path: "c", sizeBytes: 4 });
    await expect(trash.find("odd", folder.root)).rejects.toThrow(
      problem("removed-not-kept", { maxAgeMs: 60_000, maxBytes: 10 }),
    );
    await trash.putBack(tokens[2] ?? "", join(folder.root, "c"));
    expect(readFileSync(join(folder.root, "c"), "utf8")).toBe("1234");
  });

  test("too large for the trash: refused in words, removed only for good", async () => {
    const { folder, workspace } = await opened({ "big/a": "x", "keep.txt": "x" });
    for (let i = 0; i < 5; i++) {
      writeFileSync(join(folder.root, `big/${i}`), "");
      truncateSync(join(folder.root, `big/${i}`), 15 << 20); // sparse: it costs nothing
    }
    expect(await problemCode(workspace.changes.remove("big", false))).toBe("too-large-to-keep");
    expect(readdirSync(join(folder.root, "big"))).toHaveLength(6);
    expect(await workspace.changes.remove("big", true)).toBeNull();
    expect(readdirSync(folder.root)).toEqual(["keep.txt"]);
  });
});

test("execute bits: for whoever may read, and never for a folder", async () => {
  const { folder, workspace } = await opened({ "a.sh": "#!/bin/sh\n", "dir/": "", link: { link: "a.sh" } });
  const mode = (): string => (statSync(join(folder.root, "a.sh")).mode & 0o7777).toString(8);
  chmodSync(join(folder.root, "a.sh"), 0o640);
  await workspace.changes.setExecutable("a.sh", true);
  expect(mode()).toBe("750");
  expect((await workspace.list()).entries.find(({ path }) => path === "a.sh")?.executable).toBe(true);
  await workspace.changes.setExecutable("link", false);
  expect(mode()).toBe("640");
  expect(await problemCode(workspace.changes.setExecutable("dir", true))).toBe("not-a-file");
  expect(await problemCode(workspace.changes.setExecutable("gone", true))).toBe("not-found");
});

test("whatever is asked in whatever order, nothing outside changes, no draft stays, and no text is lost", async () => {
  using outside = site({ "x.txt": "outside" });
  const before = snapshot(outside.root);
  const name = fc.constantFrom("a", "b", "dir", "dir/a", "dir/b", "out/x.txt", "out", ".git", "link", "link/a");
  const step = fc.oneof(
    fc.record({ do: fc.constant("create" as const), path: name }),
    fc.record({ do: fc.constant("move" as const), path: name, to: name }),
    fc.record({ do: fc.constant("remove" as const), path: name }),
    fc.record({ do: fc.constant("restore" as const), which: fc.nat(3) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      using folder = site({ a: "text 0", "dir/": "", out: { link: outside.root }, link: { link: "dir" } });
      using trash = site({});
      const changes = new FileChanges({
        root: folder.root,
        containment: () => new Containment(folder.root, []),
        inTurn: (work) => work(),
        onChange: () => undefined,
        trashFolder: join(trash.root, "trash"),
      });
      const tokens: string[] = [];
      const texts = new Set(["text 0"]);
      for (const [index, taken] of steps.entries()) {
        const attempt = async (): Promise<void> => {
          if (taken.do === "create") {
            await changes.create(taken.path, { text: `text ${index + 1}`, executable: false });
            texts.add(`text ${index + 1}`);
          } else if (taken.do === "move") await changes.move(taken.path, taken.to);
          else if (taken.do === "remove") tokens.push((await changes.remove(taken.path, false)) ?? "");
          else await changes.restore(tokens.splice(taken.which, 1)[0] ?? "");
        };
        await attempt().catch((error: unknown) => expect(error).toBeInstanceOf(ProblemError));
      }
      expect(snapshot(outside.root)).toEqual(before);
      const everything = { ...snapshot(folder.root), ...snapshot(trash.root) };
      expect(Object.keys(everything).filter((path) => path.endsWith(".swp"))).toEqual([]);
      const kept = Object.values(everything).flatMap((what) =>
        what.startsWith("file ") ? [Buffer.from(what.split(" ")[2] ?? "", "base64").toString()] : [],
      );
      expect([...texts].filter((text) => !kept.includes(text))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
