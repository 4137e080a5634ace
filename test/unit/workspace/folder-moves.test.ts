// The open folder is renamed, removed and made again, and thousands of files come and go in it: nothing fails, and what
// is there in the end is what the workspace has.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { coded } from "../../support/coded.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

async function opened(path: string, locks: string) {
  const workspace = await Workspace.open(path, { lockFolder: locks, trust: { run: { host: null } } });
  await workspace.watching;
  return Object.assign(workspace, { [Symbol.asyncDispose]: () => workspace.dispose() });
}
const names = async (workspace: Workspace): Promise<string[]> =>
  (await workspace.list()).entries.map(({ path }) => path).sort();

test("renamed, removed and made again: a list is empty or right, and a save is refused or done", async () => {
  using folder = tempFolder();
  for (const name of ["site", "locks"]) folder.makeFolder(name);
  folder.write("site/a.txt", "a");
  await using workspace = await opened(folder.file("site"), folder.file("locks"));
  expect(await names(workspace)).toEqual(["a.txt"]);
  renameSync(folder.file("site"), folder.file("moved"));
  expect(await names(workspace).catch(() => [])).toEqual([]);
  const text = { text: "new", bom: false, expectedHash: null };
  await expect(workspace.write("b.txt", text)).rejects.toMatchObject({ problem: { code: expect.any(String) } });
  renameSync(folder.file("moved"), folder.file("site"));
  expect((await workspace.write("b.txt", text)).kind).toBe("saved");
  await waitFor("both files", async () => (await names(workspace)).length === 2);
  rmSync(folder.file("site"), { recursive: true });
  expect(await names(workspace).catch(() => [])).toEqual([]);
  mkdirSync(folder.file("site"));
  writeFileSync(folder.file("site/c.txt"), "c");
  await waitFor("the new file", async () => (await names(workspace)).join() === "c.txt");
});

describe("another folder takes the place of the open one", () => {
  const denying = (...paths: string[]) => JSON.stringify({ routes: paths.map((path) => ({ path, deny: true })) });
  const statusOf = (workspace: Workspace, path: string): number => {
    const route = workspace.routing.resolve({ path: byteString(path), query: byteString("") });
    return route.kind === "none" ? route.status : 200;
  };
  const isGone = ({ problems }: Workspace): boolean => problems.some(({ code }) => code === "folder-missing");

  test.each([
    ["at once", false],
    ["later, and in the meantime there is none", true],
  ])("%s: the rules of the first hold until those of the second do, and the second is watched", async (_, isLater) => {
    using folder = tempFolder();
    for (const name of ["site/inc", "next/inc", "locks"]) folder.makeFolder(name);
    folder.write("site/cgi-workbench.json", denying("/inc/"));
    folder.write("next/cgi-workbench.json", denying("/inc/", "/new/"));
    for (const name of ["site", "next"]) folder.write(`${name}/inc/pw.txt`, "secret");
    folder.write("next/b.txt", "b");
    await using workspace = await opened(folder.file("site"), folder.file("locks"));
    expect(statusOf(workspace, "/inc/pw.txt")).toBe(403);
    renameSync(folder.file("site"), folder.file("moved"));
    if (isLater) {
      await waitFor("the folder is missed", () => isGone(workspace));
      expect(workspace.problems).toEqual([coded("folder-missing", { path: folder.file("site") })]);
    }
    expect(statusOf(workspace, "/inc/pw.txt")).toBe(403);
    renameSync(folder.file("next"), folder.file("site"));
    expect(statusOf(workspace, "/inc/pw.txt")).toBe(403);
    await waitFor("the new configuration", () => {
      expect(statusOf(workspace, "/inc/pw.txt")).toBe(403);
      return statusOf(workspace, "/new/x.txt") === 403;
    });
    expect([statusOf(workspace, "/inc/pw.txt"), workspace.problems]).toEqual([403, []]);
    await workspace.watching;
    const { version, entries } = await workspace.list();
    expect(entries.map(({ path }) => path)).toContain("b.txt");
    folder.write("site/cgi-workbench.json", denying("/b.txt"));
    folder.write("site/c.txt", "c");
    await waitFor("a later change", () => statusOf(workspace, "/b.txt") === 403);
    await waitFor("a later file", async () => {
      const change = await workspace.listChanges(version);
      return change.entries.some(({ path }) => path === "c.txt");
    });
  });

  test.each([
    ["is missed, and is there again", true],
    ["comes back before that is noticed", false],
  ])("the folder itself %s: its later changes are noticed", async (_, isMissed) => {
    using folder = tempFolder();
    for (const name of ["site", "locks"]) folder.makeFolder(name);
    folder.write("site/cgi-workbench.json", denying("/a.txt"));
    await using workspace = await opened(folder.file("site"), folder.file("locks"));
    renameSync(folder.file("site"), folder.file("moved"));
    if (isMissed) await waitFor("the folder is missed", () => isGone(workspace));
    renameSync(folder.file("moved"), folder.file("site"));
    await waitFor("the folder is found", () => !isGone(workspace));
    folder.write("site/cgi-workbench.json", denying("/b.txt"));
    await waitFor("a later change", () => statusOf(workspace, "/b.txt") === 403);
    folder.write("site/cgi-workbench.json", denying("/c.txt"));
    await waitFor("another one", () => statusOf(workspace, "/c.txt") === 403);
  });

  test("a folder whose configuration is removed has the defaults", async () => {
    using folder = tempFolder();
    for (const name of ["site", "locks"]) folder.makeFolder(name);
    folder.write("site/cgi-workbench.json", denying("/a.txt"));
    folder.write("site/a.txt", "a");
    await using workspace = await opened(folder.file("site"), folder.file("locks"));
    folder.remove("site/cgi-workbench.json");
    await waitFor("the defaults", () => statusOf(workspace, "/a.txt") === 200);
  });
});

test("600 files come and go while the list is asked for", async () => {
  using folder = tempFolder();
  for (const name of ["site", "locks"]) folder.makeFolder(name);
  await using workspace = await opened(folder.file("site"), folder.file("locks"));
  for (let round = 0; round < 4; round++) {
    for (let n = 0; n < 150; n++) folder.write(`site/${round}-${n}.txt`, String(n));
    await workspace.list();
    for (let n = 0; n < 150; n += 2) folder.remove(`site/${round}-${n}.txt`);
    await workspace.list();
  }
  await waitFor("the list is right", async () => (await names(workspace)).length === 300);
});
