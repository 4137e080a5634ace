// The files that `cgi-workbench test` is asked for by their names.
import { symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chosenFiles } from "../../../server/cli/chosen-files.js";
import { UsageError } from "../../../server/cli/usage/usage.js";
import { maxListedDepth } from "../../../server/contract/limits.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let outside: TempFolder;
let workspace: Workspace;
beforeEach(async () => {
  folder = tempFolder();
  outside = tempFolder();
  folder.makeFolder("api");
  folder.makeFolder("..more");
  for (const name of ["a.http", "..x.http", "api/b.http", "..more/c.http"]) folder.write(name, "GET /\n");
  outside.write("other.http", "GET /\n");
  symlinkSync(folder.path, outside.file("link"));
  workspace = await Workspace.open(folder.path, { lockFolder: outside.path, trashFolder: outside.path });
});
afterEach(async () => {
  await workspace.dispose();
  for (const one of [folder, outside]) one[Symbol.dispose]();
});

const chosen = async (name: string): Promise<readonly string[]> =>
  (await chosenFiles(workspace, [name])).map(({ path }) => path);

test.each(["a.http", "./api/b.http", "..x.http", "..more/c.http"])("%s is found in the folder", async (name) => {
  expect(await chosen(name)).toEqual([name.replace("./", "")]);
});

test("a file is found from the current folder, through a link to the folder, too", async () => {
  const here = relative(process.cwd(), folder.path);
  expect(await chosen(join(here, "api/b.http"))).toEqual(["api/b.http"]);
  expect(await chosen(outside.file("link/a.http"))).toEqual(["a.http"]);
  expect(await chosen(relative(process.cwd(), outside.file("link/api/b.http")))).toEqual(["api/b.http"]);
});

test("all of a folder whose list is cut is a mistake of the call: some would be left out", async () => {
  folder.makeFolder(
    Array(maxListedDepth + 1)
      .fill("d")
      .join("/"),
  );
  await expect(chosenFiles(workspace, [])).rejects.toThrow(UsageError);
  expect(await chosen("api/b.http")).toEqual(["api/b.http"]);
});

test("one that does not exist, or lies elsewhere, is a mistake of the call", async () => {
  for (const name of ["none.http", "none/a.http", outside.file("other.http"), "../a.http", "a.txt"])
    await expect(chosen(name)).rejects.toThrow(UsageError);
});
