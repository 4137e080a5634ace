// File systems that refuse what others do: no hard links, and a small disk for removed files.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { Trash } from "../../../server/workspace/files/trash.js";
import { site } from "../routing/site.js";
import { opened, save } from "./opened-workspace.js";

/** What the system answers; null: as it does. */
interface Answers {
  link: string | null;
  copyFile: string | null;
  /** To a rename into the folder of removed files. */
  trash: string | null;
}
const answers = vi.hoisted((): Answers => ({ link: null, copyFile: null, trash: null }));
vi.mock(import("node:fs/promises"), async (importOriginal) => {
  const real = await importOriginal();
  const refuse = (code: string | null): void => {
    if (code !== null) throw Object.assign(new Error(code), { code });
  };
  const link: typeof real.link = async (...paths) => {
    refuse(answers.link);
    return real.link(...paths);
  };
  const copyFile: typeof real.copyFile = async (...copy) => {
    refuse(answers.copyFile);
    return real.copyFile(...copy);
  };
  const rename: typeof real.rename = async (from, to) => {
    if (String(to).includes("/.trash/")) refuse(answers.trash);
    return real.rename(from, to);
  };
  return { ...real, link, copyFile, rename };
});
beforeEach(() => {
  Object.assign(answers, { link: null, copyFile: null, trash: null });
});

test.each(["EPERM", "ENOSYS", "EMLINK", "EOPNOTSUPP"])(
  "a file is created where hard links are refused: %s",
  async (code) => {
    const { folder, workspace } = await opened({ "x/": "" });
    answers.link = code;
    expect(await save(workspace, "a.py", "new", null)).toMatchObject({ kind: "saved" });
    await workspace.changes.create("b.py", { text: "new", executable: false });
    expect(readdirSync(folder.root).sort()).toEqual(["a.py", "b.py", "x"]);
  },
);

test.each(["ENOSPC", "EDQUOT"])(
  "what has no room on the trash's disk (%s) is too large to keep, and stays",
  async (code) => {
    using folder = site({ "dir/a": "text" });
    const place = join(folder.root, ".trash");
    Object.assign(answers, { trash: "EXDEV", copyFile: code });
    expect(await new Trash(place).take(join(folder.root, "dir"), { root: folder.root, path: "dir" })).toBeNull();
    expect([readdirSync(folder.root).sort(), readdirSync(place)]).toEqual([[".trash", "dir"], []]);
    expect(readFileSync(join(folder.root, "dir/a"), "utf8")).toBe("text");
  },
);
