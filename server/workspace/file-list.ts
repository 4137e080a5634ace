// The folder's files as the explorer shows them: breadth first, so that a list cut at its bound lacks the deepest ones.
import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { setImmediate as turn } from "node:timers/promises";
import type { FileEntry } from "../contract/workspace.js";
import { utf8 } from "../protocol/byte-string.js";
import { type Containment, realPath } from "../routing/containment.js";
import type { Routing } from "../routing/routing.js";
import { errorCode } from "./disk.js";

export const maxEntries = 10_000;
/** Entries looked at together, before other work gets a turn. */
const entriesPerTurn = 64;

/** Names that are neither listed nor watched. */
export function isSkipped(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

interface Folder {
  /** In the workspace; "" is the workspace itself. */
  readonly path: string;
  /** Real paths of this folder and those above it: a link back to one of them is not entered. */
  readonly above: readonly string[];
}

/** A name that is not valid UTF-8 has no path in this contract and is left out; requests reach such a file all the same. */
export async function listFiles(
  root: string,
  routing: Routing,
  containment: Containment,
  limit = maxEntries,
): Promise<{ entries: FileEntry[]; truncated: boolean }> {
  const entries: FileEntry[] = [];
  const base = utf8(root);
  const queue: Folder[] = [{ path: "", above: [root] }];
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    for await (const { path, stats } of statsOf(root, folder.path)) {
      if (entries.length === limit) return { entries, truncated: true };
      const kind = stats.isFile() ? "file" : "folder";
      entries.push({
        path,
        kind,
        sizeBytes: stats.size,
        modifiedAt: stats.mtimeMs,
        executable: kind === "file" && (stats.mode & 0o111) !== 0,
        ...routing.describe(path, kind),
      });
      const real = kind === "folder" ? realPath(utf8(`${root}/${path}`)) : null;
      if (real !== null && !folder.above.includes(real) && containment.isInside(utf8(`${root}/${path}`), base))
        queue.push({ path, above: [...folder.above, real] });
    }
  }
  return { entries, truncated: false };
}

/** Files and folders in a folder, by name. */
async function* statsOf(root: string, folder: string): AsyncGenerator<{ readonly path: string; readonly stats: Stats }> {
  const paths = (await namesIn(`${root}/${folder}`)).map((name) => (folder === "" ? name : `${folder}/${name}`));
  for (let from = 0; from < paths.length; from += entriesPerTurn) {
    const some = paths.slice(from, from + entriesPerTurn);
    const all = await Promise.all(some.map((path) => statOrNull(`${root}/${path}`)));
    for (const [index, path] of some.entries()) {
      const stats = all[index] ?? null;
      if (stats !== null && (stats.isFile() || stats.isDirectory())) yield { path, stats };
    }
    await turn();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !isSkipped(name)).sort();
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return []; // gone meanwhile, or not to be read: it is listed, as empty
  }
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null; // gone meanwhile, a link to nothing, or a name that is not UTF-8
  }
}
