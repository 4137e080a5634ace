// What a check of a folder examines besides the list of the folder: the files that routes lead to.
import type { Dirent } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { posix } from "node:path";
import type { Workbench } from "../../app/workbench.js";
import { errorCode, unlessRefused } from "../../base/disk.js";
import { utf8 } from "../../protocol/byte-string.js";
import { unservedFile } from "../../routing/deny-list.js";

interface FileElsewhere {
  /** Absolute. */
  readonly file: string;
  /** A request for it runs it, whatever its name and mode. */
  readonly runs: boolean;
}
interface FilesElsewhere {
  /** Each once. */
  readonly files: readonly FileElsewhere[];
  /** There are more. */
  readonly isCut: boolean;
}

/** So much of what routes lead to is examined. */
export const elsewhereLimits = { files: 2000, folders: 2000 };

type Workspace = Pick<ReturnType<Workbench["folder"]["workspace"]>, "root" | "config" | "relative">;

/** The files outside of the folder that routes lead to, those of outer folders first. */
export async function filesElsewhere(workspace: Workspace): Promise<FilesElsewhere> {
  const { root, config } = workspace;
  const found = new Map<string, FileElsewhere>();
  const walk = new Walk(elsewhereLimits.folders);
  for (const { path, file, dir, run = true } of config.routes) {
    const place = posix.resolve(root, file ?? dir ?? root);
    if (!run || place === root || workspace.relative(place) !== null) continue;
    const all = file === undefined ? walk.filesBelow(place, root) : onlyFile(place);
    for await (const below of all) {
      if (found.has(below)) continue;
      if (found.size === elsewhereLimits.files) return { files: [...found.values()], isCut: true };
      const folders = `${path}/${posix.relative(place, posix.dirname(below))}`.split("/");
      found.set(below, { file: below, runs: file !== undefined || folders.includes("cgi-bin") });
    }
  }
  return { files: [...found.values()], isCut: walk.isCut };
}

/** Nothing if there is no such file: a request for it says why. */
async function* onlyFile(path: string): AsyncGenerator<string> {
  const stats = await unlessRefused(stat(path), null);
  if (stats?.isFile()) yield path;
}

/** Breadth first, over so many folders in all; no link to a folder is followed. */
class Walk {
  isCut = false;
  #left: number;

  constructor(maxFolders: number) {
    this.#left = maxFolders;
  }

  /** But not into `except`, whose files are listed already. */
  async *filesBelow(folder: string, except: string): AsyncGenerator<string> {
    const queue = [folder];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      for await (const entry of entriesOf(next)) {
        if (unservedFile(utf8(entry.name)) !== null) continue;
        const path = posix.join(next, entry.name);
        if (entry.isFile()) yield path;
        if (!entry.isDirectory() || path === except) continue;
        this.#left -= 1;
        if (this.#left < 0) this.isCut = true;
        else queue.push(path);
      }
    }
  }
}

/** None, or no more, if the system refuses. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder); // closes it at its end
  } catch (error) {
    if (errorCode(error) === "") throw error;
  }
}
