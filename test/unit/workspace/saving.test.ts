// Saving files of a real folder: a save replaces the whole file or nothing, refuses to overwrite a change that it has
// not seen, and keeps owner, mode and links.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  watch,
} from "node:fs";
import { describe, expect, test } from "vitest";
import { Workspace } from "../../../server/workspace/workspace.js";
import { waitFor } from "../../support/wait-for.js";
import { asNobody, nobody } from "./as-nobody.js";
import { ends, hashOfText, opened, problemCode, save } from "./opened-workspace.js";

const isRoot = nobody !== null;

describe("saving", () => {
  test.each([true, false])("makes a new file that is executable, or not: %s", async (executable) => {
    const { folder, workspace } = await opened({ "x/": "" });
    const saved = await workspace.write("a.py", { text: "new", bom: false, expectedHash: null, executable });
    expect(saved).toMatchObject({ kind: "saved", executable });
    expect((statSync(`${folder.root}/a.py`).mode & 0o111) !== 0).toBe(executable);
  });

  test("replaces the file as a whole and keeps its mode", async () => {
    const { folder, workspace } = await opened({ "a.py": { run: "old" } });
    const before = statSync(`${folder.root}/a.py`);
    expect(await save(workspace, "a.py", "new ü", hashOfText("old"))).toEqual({
      kind: "saved",
      hash: hashOfText("new ü"),
      sizeBytes: 6,
      modifiedAt: statSync(`${folder.root}/a.py`).mtimeMs,
      executable: true,
      detected: "utf-8",
      mixesUtf8: false,
    });
    const after = statSync(`${folder.root}/a.py`);
    expect(readFileSync(`${folder.root}/a.py`, "utf8")).toBe("new ü");
    expect(after.mode).toBe(before.mode);
    expect(after.ino).not.toBe(before.ino);
    expect(readdirSync(folder.root)).toEqual(["a.py"]);
  });

  test("takes a name that is nearly as long as names can be, also in three bytes a character", async () => {
    const name = `${"日".repeat(80)}.cgi`;
    const { folder, workspace } = await opened({ [name]: "old" });
    expect(await save(workspace, name, "new", hashOfText("old"))).toMatchObject({ kind: "saved" });
    expect(readdirSync(folder.root)).toEqual([name]);
  });

  test.skipIf(!isRoot)("keeps the owner (needs root)", async () => {
    const { folder, workspace } = await opened({ "a.py": "old" });
    execFileSync("chown", ["12345:54321", `${folder.root}/a.py`]);
    await save(workspace, "a.py", "new", hashOfText("old"));
    expect(statSync(`${folder.root}/a.py`)).toMatchObject({ uid: 12_345, gid: 54_321 });
  });

  test.skipIf(!isRoot)("keeps the group of another user's file, if it is one of ours (needs root)", async () => {
    const { folder, workspace } = await opened({ "a.py": "old", "b.py": "old" });
    const [ours, others] = [54_321, 54_322];
    for (const path of [".", "a.py", "b.py"]) chmodSync(`${folder.root}/${path}`, path === "." ? 0o777 : 0o664);
    for (const [path, gid] of Object.entries({ "a.py": ours, "b.py": others }))
      chownSync(`${folder.root}/${path}`, 12_345, gid);
    await asNobody(async () => {
      for (const path of ["a.py", "b.py"]) await save(workspace, path, "new", hashOfText("old"));
    }, [ours]);
    expect(statSync(`${folder.root}/a.py`)).toMatchObject({ uid: nobody, gid: ours, mode: 0o100664 });
    expect(statSync(`${folder.root}/b.py`)).toMatchObject({ uid: nobody, gid: nobody });
  });

  test.skipIf(!isRoot).each([
    ["that may not be written to", 0o555],
    ["that gives no file of another user away", 0o1777],
  ])("writes a file in place that lies in a folder %s (needs root)", async (_, folderMode) => {
    const { folder, workspace } = await opened({ "a.cgi": { run: "old" } });
    chmodSync(`${folder.root}/a.cgi`, 0o777);
    chmodSync(folder.root, folderMode);
    const before = statSync(`${folder.root}/a.cgi`);
    await asNobody(async () => {
      expect(await save(workspace, "a.cgi", "new", hashOfText("old"))).toMatchObject({ kind: "saved" });
      expect(await save(workspace, "a.cgi", "newer", hashOfText("old"))).toMatchObject({ kind: "conflict" });
      expect(await problemCode(save(workspace, "b.cgi", "new", null))).toBe(
        folderMode === 0o555 ? "no-permission" : "none",
      );
    });
    const { mode, ino, uid } = statSync(`${folder.root}/a.cgi`);
    expect({ mode, ino, uid }).toEqual({ mode: before.mode, ino: before.ino, uid: before.uid });
    expect(readFileSync(`${folder.root}/a.cgi`, "utf8")).toBe("new");
    expect(readdirSync(folder.root)).toEqual(folderMode === 0o555 ? ["a.cgi"] : ["a.cgi", "b.cgi"]);
  });

  test("writes nothing over a file that is not what was read, that is gone, or that should not be there yet", async () => {
    const { folder, workspace } = await opened({ "a.py": "theirs" });
    expect(await save(workspace, "a.py", "mine", hashOfText("old"))).toEqual({
      kind: "conflict",
      hash: hashOfText("theirs"),
    });
    expect(await save(workspace, "a.py", "mine", null)).toEqual({ kind: "conflict", hash: hashOfText("theirs") });
    expect(await save(workspace, "gone.py", "mine", hashOfText("old"))).toEqual({ kind: "conflict", hash: null });
    expect(readdirSync(folder.root)).toEqual(["a.py"]);
    expect(readFileSync(`${folder.root}/a.py`, "utf8")).toBe("theirs");
  });

  test("of two at once one is a conflict, for a new file as for an old one", async () => {
    const { folder, workspace, lockFolder } = await opened({ "old.py": "old" });
    const joined = await Workspace.open(folder.root, { lockFolder });
    ends.push(() => joined.dispose());
    for (const [path, hash] of [
      ["new.py", null],
      ["old.py", hashOfText("old")],
    ] as const) {
      const same = await Promise.all([save(workspace, path, "first", hash), save(workspace, path, "second", hash)]);
      expect(same.map(({ kind }) => kind)).toEqual(["saved", "conflict"]);
    }
    const fresh = await Promise.all([save(workspace, "n", "first", null), save(joined, "n", "second", null)]);
    expect(fresh.map(({ kind }) => kind).sort()).toEqual(["conflict", "saved"]);
  });

  test("follows a link within the workspace, which stays a link, and none out of it", async () => {
    const { folder, workspace } = await opened({
      "real/a.txt": "old",
      "a.txt": { link: "real/a.txt" },
      "out.txt": { link: "/etc/passwd" },
      "new-out.txt": { link: "/tmp/cgi-workbench-not-there" },
    });
    expect(await save(workspace, "a.txt", "new", hashOfText("old"))).toMatchObject({ kind: "saved" });
    expect(lstatSync(`${folder.root}/a.txt`).isSymbolicLink()).toBe(true);
    expect(readFileSync(`${folder.root}/real/a.txt`, "utf8")).toBe("new");
    expect(await problemCode(save(workspace, "out.txt", "x", null))).toBe("outside");
    expect(await problemCode(save(workspace, "new-out.txt", "x", null))).toBe("outside");
    expect(lstatSync(`${folder.root}/new-out.txt`).isSymbolicLink()).toBe(true);
  });

  test("of a file whose folder is gone is a conflict, and makes the folder when it is saved all the same", async () => {
    const { folder, workspace, changes } = await opened({ "a.txt": "x", out: { link: "/tmp" } });
    await workspace.list();
    expect(await save(workspace, "old/lib/a.py", "mine", hashOfText("x"))).toEqual({ kind: "conflict", hash: null });
    expect(readdirSync(folder.root).sort()).toEqual(["a.txt", "out"]);
    expect(await save(workspace, "old/lib/a.py", "mine", null)).toMatchObject({ kind: "saved" });
    expect(readFileSync(`${folder.root}/old/lib/a.py`, "utf8")).toBe("mine");
    expect(changes.flatMap(({ paths }) => paths ?? [])).toEqual(["old/lib/a.py"]);
    expect((await workspace.list()).entries.map(({ path }) => path)).toContain("old/lib/a.py");
    expect(await problemCode(save(workspace, "out/cgi-workbench-not-there/a.py", "x", null))).toBe("outside");
    expect(existsSync("/tmp/cgi-workbench-not-there")).toBe(false);
  });

  test("writes the missing target of a link within the workspace, and none outside or in a missing folder", async () => {
    const { folder, workspace } = await opened({
      "real/b.txt": "b",
      "first.txt": { link: "second.txt" },
      "second.txt": { link: "real/a.txt" },
      "to-folder.txt": { link: "missing/a.txt" },
      "out.txt": { link: "../cgi-workbench-not-there" },
      "by-out.txt": { link: "out.txt" },
    });
    expect(await save(workspace, "first.txt", "x", hashOfText("old"))).toEqual({ kind: "conflict", hash: null });
    expect(await save(workspace, "first.txt", "new", null)).toMatchObject({ kind: "saved" });
    expect(readFileSync(`${folder.root}/real/a.txt`, "utf8")).toBe("new");
    expect(lstatSync(`${folder.root}/first.txt`).isSymbolicLink()).toBe(true);
    expect(await save(workspace, "first.txt", "x", null)).toEqual({ kind: "conflict", hash: hashOfText("new") });
    expect(await problemCode(save(workspace, "to-folder.txt", "x", null))).toBe("not-found");
    expect(await problemCode(save(workspace, "out.txt", "x", null))).toBe("outside");
    expect(await problemCode(save(workspace, "by-out.txt", "x", null))).toBe("outside");
    expect(existsSync(`${folder.root}/../cgi-workbench-not-there`)).toBe(false);
  });

  test("through a link is reported as a change of both: what watches the file knows that one alone", async () => {
    const { workspace, changes } = await opened({ "releases/42/lib/db.py": "old", current: { link: "releases/42" } });
    await save(workspace, "current/lib/db.py", "new", hashOfText("old"));
    expect(changes.flatMap(({ paths }) => paths ?? [])).toEqual(["current/lib/db.py", "releases/42/lib/db.py"]);
  });

  test("refuses in words what cannot be saved, and leaves nothing behind", async () => {
    const { folder, workspace } = await opened({ "sub/": "", "a.txt": "old" });
    expect(await problemCode(save(workspace, "sub", "x", null))).toBe("not-a-file");
    expect(await problemCode(save(workspace, "a.txt/b.txt", "x", null))).toBe("not-found");
    expect(await problemCode(save(workspace, "a.txt", "half \ud800", hashOfText("old")))).toBe("not-text");
    expect(await problemCode(save(workspace, "a.txt", "x".repeat((8 << 20) + 1), hashOfText("old")))).toBe("too-large");
    expect(readdirSync(folder.root).sort()).toEqual(["a.txt", "sub"]);
  });
});

describe("saving a file with more than its text", () => {
  test("all hard links have the new text (R15)", async () => {
    const { folder, workspace } = await opened({ "a.txt": "the old and longer text" });
    linkSync(`${folder.root}/a.txt`, `${folder.root}/b.txt`);
    expect(await save(workspace, "a.txt", "new", hashOfText("the old and longer text"))).toMatchObject({
      kind: "saved",
    });
    expect(readFileSync(`${folder.root}/b.txt`, "utf8")).toBe("new");
    expect(await save(workspace, "b.txt", "newer", hashOfText("other"))).toMatchObject({ kind: "conflict" });
    expect(readFileSync(`${folder.root}/a.txt`, "utf8")).toBe("new");
    expect(readdirSync(folder.root).sort()).toEqual(["a.txt", "b.txt"]);
  });

  test.each([false, true])("the set-user-ID and set-group-ID bits go (hard link: %s) (R15)", async (linked) => {
    const { folder, workspace } = await opened({ "a.sh": { run: "old" } });
    if (linked) linkSync(`${folder.root}/a.sh`, `${folder.root}/b.sh`);
    chmodSync(`${folder.root}/a.sh`, 0o6755);
    expect(await save(workspace, "a.sh", "new", hashOfText("old"))).toMatchObject({ kind: "saved" });
    expect(statSync(`${folder.root}/a.sh`).mode & 0o7777).toBe(0o755);
  });

  test("the draft of a private file is private (B8)", async () => {
    const { folder, workspace } = await opened({ "a.txt": "old" });
    chmodSync(`${folder.root}/a.txt`, 0o600);
    const modes = new Set<number>();
    const watcher = watch(folder.root, (_event, name) => {
      if (name?.endsWith(".swp"))
        modes.add((statSync(`${folder.root}/${name}`, { throwIfNoEntry: false })?.mode ?? 0o600) & 0o777);
    });
    ends.push(() => watcher.close());
    const large = "x".repeat(4 << 20);
    expect(await save(workspace, "a.txt", large, hashOfText("old"))).toMatchObject({ kind: "saved" });
    await waitFor("the draft was seen", () => modes.size > 0);
    expect([...modes]).toEqual([0o600]);
  });
});
