// The `.htaccess` files of the open folder, in each of its listed folders: the list itself has no hidden names.
import { stat } from "node:fs/promises";
import { posix } from "node:path";
import { errorCode } from "../base/disk.js";
import { htaccessName } from "../contract/config.js";
import type { Workspace } from "../workspace/workspace.js";

/** Paths in the folder, those of the outer folders first. */
export async function htaccessFiles(workspace: Pick<Workspace, "root" | "list">): Promise<string[]> {
  const { entries } = await workspace.list();
  const folders = ["", ...entries.flatMap(({ path, kind }) => (kind === "folder" ? [path] : []))];
  const found = await Promise.all(
    folders.map(async (folder) => {
      const path = posix.join(folder, htaccessName);
      return (await isFile(posix.join(workspace.root, path))) ? [path] : [];
    }),
  );
  return found.flat();
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isFile(),
    (error: unknown) => {
      if (errorCode(error) === "") throw error;
      return false; // most folders have none
    },
  );
