// What `doctor DIR` examines besides the list of the folder: the files that routes lead to, and `.htaccess` files.
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { posix } from "node:path";
import type { Workbench } from "../app/workbench.js";
import { errorCode } from "../base/disk.js";
import { utf8 } from "../protocol/byte-string.js";
import { unservedFile } from "../routing/deny-list.js";

export interface FileElsewhere {
  /** Absolute. */
  readonly file: string;
  /** A request for it runs it, whatever its name and mode. */
  readonly runs: boolean;
}

/** So many files of the folders that routes lead to are examined. */
const maxFiles = 2000;

type Workspace = Pick<ReturnType<Workbench["folder"]["workspace"]>, "root" | "config" | "relative">;

/** The files outside of the folder that routes lead to, each once. */
export async function filesElsewhere(workspace: Workspace): Promise<FileElsewhere[]> {
  const { root, config } = workspace;
  const found = new Map<string, FileElsewhere>();
  for (const { path, file, dir, run = true } of config.routes) {
    if (!run || found.size >= maxFiles) continue;
    const place = posix.resolve(root, file ?? dir ?? root);
    if (place === root || workspace.relative(place) !== null) continue;
    if (file !== undefined && (await isFile(place))) found.set(place, { file: place, runs: true });
    if (dir === undefined) continue;
    for await (const below of filesBelow(place)) {
      if (found.size >= maxFiles) break;
      const runs = `${path}/${posix.relative(place, posix.dirname(below))}`.split("/").includes("cgi-bin");
      if (!found.has(below)) found.set(below, { file: below, runs });
    }
  }
  return [...found.values()];
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isFile(),
    (error: unknown) => {
      if (errorCode(error) === "") throw error;
      return false; // a request for it says why
    },
  );

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await entriesOf(folder)) {
    if (unservedFile(utf8(entry.name)) !== null) continue;
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/** Paths in the folder; `folders`: those of its list. */
export async function htaccessFiles(root: string, folders: readonly string[], name: string): Promise<string[]> {
  const found = await Promise.all(
    ["", ...folders].map(async (folder) =>
      (await isFile(posix.join(root, folder, name))) ? [posix.join(folder, name)] : [],
    ),
  );
  return found.flat();
}

/** None if the system refuses. */
const entriesOf = (folder: string): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === "") throw error;
    return [];
  });
