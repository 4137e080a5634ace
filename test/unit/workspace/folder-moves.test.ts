// The open folder is renamed, removed and made again, and thousands of files come and go in it: nothing fails, and what
// is there in the end is what the workspace has.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Workspace } from "../../../server/workspace/workspace.js";
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
