// File systems that refuse what others do: no hard links, and a small disk for removed files.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Trash } from "../../../server/workspace/files/trash.js";
import { otherFileSystem } from "../../support/other-file-system.js";
import { canRefuseCalls, refuseCalls } from "../../support/refused-calls.js";
import { site } from "../routing/site.js";
import { ends, type OpenedWorkspace, opened, save } from "./opened-workspace.js";

const linkCodes = ["EPERM", "ENOSYS", "EMLINK", "EOPNOTSUPP"] as const;
/** Opened before the first link is refused: opening one needs links. */
const folders: OpenedWorkspace[] = [];
const lastEnds: typeof ends = [];
beforeAll(async () => {
  for (const _ of linkCodes) folders.push(await opened({ "x/": "" }));
  lastEnds.push(...ends.splice(0)); // not after the first test
});
afterAll(async () => {
  for (const end of lastEnds.reverse()) await end();
});

test.skipIf(!canRefuseCalls).each(linkCodes)(
  "a file is created where hard links are refused: %s (needs Linux's filters)",
  async (code) => {
    const next = folders.pop();
    if (!next) throw new Error("each code has a folder");
    const { folder, workspace } = next;
    refuseCalls("link", code);
    expect(await save(workspace, "a.py", "new", null)).toMatchObject({ kind: "saved" });
    await workspace.changes.create("b.py", { text: "new", executable: false });
    expect(readdirSync(folder.root).sort()).toEqual(["a.py", "b.py", "x"]);
  },
);

test.skipIf(!canRefuseCalls || otherFileSystem === undefined).each(["ENOSPC", "EDQUOT"] as const)(
  "what has no room on the trash's disk (%s) is too large to keep, and stays (needs Linux's filters and two disks)",
  async (code) => {
    using folder = site({ "dir/a": "text" });
    const place = mkdtempSync(join(otherFileSystem ?? "", "cgi-workbench-trash-"));
    try {
      refuseCalls("copy", code);
      expect(await new Trash(place).take(join(folder.root, "dir"), { root: folder.root, path: "dir" })).toBeNull();
      expect([readdirSync(folder.root), readdirSync(place)]).toEqual([["dir"], []]);
      expect(readFileSync(join(folder.root, "dir/a"), "utf8")).toBe("text");
    } finally {
      rmSync(place, { recursive: true });
    }
  },
);
