// A folder that is removed and has a part in it that only another user can
// remove, with the trash on another file system.
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Trash } from "../../../server/workspace/files/trash.js";
import { otherFileSystem } from "../../support/other-file-system.js";
import { repositoryRoot } from "../../support/repository.js";
import { type Site, site } from "../routing/site.js";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
});

const textsIn = (dir: string): string[] =>
  ["mine.txt", "uploads/theirs.txt", "zmine.txt"].map((name) => readFileSync(join(dir, name), "utf8"));

describe.skipIf(otherFileSystem === undefined || process.getuid?.() !== 0)(
  "a part that only another user can remove",
  () => {
    const nobody = 65_534;
    const asNobody = { uid: nobody, gid: nobody, cwd: repositoryRoot, encoding: "utf8" } as const;
    const readable = "require('node:fs').accessSync(process.argv[1])";
    const canRead = spawnSync(process.execPath, ["--eval", readable, repositoryRoot], asNobody).status === 0;

    /** A folder of this user with one of root's in it, and a trash on another file system. */
    function mixed(): { folder: Site; dir: string; trash: string } {
      const folder = site({ "dir/mine.txt": "a", "dir/uploads/theirs.txt": "b", "dir/zmine.txt": "c" });
      const trash = mkdtempSync(join(otherFileSystem ?? "", "cgi-workbench-trash-"));
      ends.push(
        () => folder[Symbol.dispose](),
        () => rmSync(trash, { recursive: true, force: true }),
      );
      const dir = join(folder.root, "dir");
      for (const ours of [folder.root, dir, join(dir, "mine.txt"), join(dir, "zmine.txt"), trash])
        chownSync(ours, nobody, nobody);
      return { folder, dir, trash };
    }

    test.skipIf(!canRead)("keeps the folder where it is (needs root, and a checkout that others may read)", () => {
      const { dir, trash } = mixed();
      const take = `import { runnerImport } from "vite";
      const [source, trash, file] = process.argv.slice(1);
      const { module } = await runnerImport(source, { configFile: false, logLevel: "error" });
      await new module.Trash(trash).take(file, { root: "/", path: "dir" }).catch(({ code }) => console.log(code));`;
      const source = join(repositoryRoot, "server/workspace/files/trash.ts");
      const args = ["--input-type=module", "--eval", take, source, trash, dir];
      expect(spawnSync(process.execPath, args, asNobody)).toMatchObject({ stdout: "EACCES\n", stderr: "" });
      expect(textsIn(dir)).toEqual(["a", "b", "c"]);
      expect(readdirSync(trash)).toEqual([]);
    });

    test("loses nothing if that shows only while it is removed (needs root)", async () => {
      const { folder, dir, trash } = mixed();
      process.setegid?.(nobody);
      process.seteuid?.(nobody); // what the check asks the system is answered for the real user, root
      let token: string | null;
      try {
        token = await new Trash(trash).take(dir, { root: folder.root, path: "dir" });
      } finally {
        process.seteuid?.(0);
        process.setegid?.(0);
      }
      expect(existsSync(dir)).toBe(false);
      await new Trash(trash).putBack(token ?? "", dir);
      expect(readFileSync(join(dir, "mine.txt"), "utf8")).toBe("a");
      expect(readFileSync(join(dir, "uploads/theirs.txt"), "utf8")).toBe("b");
      expect(readFileSync(join(dir, "zmine.txt"), "utf8")).toBe("c");
    });
  },
);
