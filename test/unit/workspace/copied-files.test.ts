// A copy of a file, on a real folder. What it may not touch is held with the other changes, in file-changes.test.ts.
import { chmodSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { opened, problemCode } from "./opened-workspace.js";

/** Drafts that were left behind show here. */
const entriesOf = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

test("a copy has the bytes and the mode of its file, and takes no name that is taken", async () => {
  const bytes = "#!/bin/sh\n\xfc\0";
  const { folder, workspace } = await opened({ "a.sh": bytes, taken: "mine", link: { link: "a.sh" }, "dir/": "" });
  chmodSync(join(folder.root, "a.sh"), 0o750);
  await workspace.changes.copy("a.sh", "new/b.sh");
  await workspace.changes.copy("link", "c.sh");
  const [source, ...copies] = ["a.sh", "new/b.sh", "c.sh"].map((path) => {
    const file = join(folder.root, path);
    return [readFileSync(file, "latin1"), lstatSync(file).mode];
  });
  expect(copies).toEqual([source, source]);
  const before = entriesOf(folder.root);
  expect(await problemCode(workspace.changes.copy("a.sh", "taken"))).toBe("exists");
  expect(await problemCode(workspace.changes.copy("a.sh", "a.sh"))).toBe("exists");
  expect(await problemCode(workspace.changes.copy("dir", "d"))).toBe("not-a-file");
  expect(await problemCode(workspace.changes.copy("gone", "d"))).toBe("not-found");
  expect(entriesOf(folder.root)).toEqual(before);
  expect(readFileSync(join(folder.root, "taken"), "utf8")).toBe("mine");
});
