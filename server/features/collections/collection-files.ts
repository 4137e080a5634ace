// The files of a collection on disk: one file, or a folder of Bruno's or Postman's.
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { errorCode, readBounded } from "../../base/disk.js";
import { systemReason } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { exportMessage, importMessage } from "../../trace/formats/messages.js";
import type { TextFile } from "./collection.js";
import { foldersOf, isCollectionFile } from "./file-groups.js";
import { collectionProblem } from "./messages.js";

/** Larger files are no collections. */
const maxFileMiB = 64;
const maxFiles = 10_000;

/** Reads the files of each collection at `path`, a file or a folder. None: it is too large. @throws ProblemError */
export async function collectionFiles(path: string): Promise<readonly (readonly TextFile[])[]> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder || /^(?:bruno\.json|collection\.bru|opencollection\.ya?ml)$/.test(basename(path))) {
      const folder = isFolder ? path : dirname(path);
      const found = foldersOf(await filesIn(folder));
      if (found.length === 0) throw new ProblemError(collectionProblem("collection-empty", { path: folder }));
      return found;
    }
    const text = await textOf(path);
    return text === null ? [] : [[{ path: basename(path), text }]];
  } catch (error) {
    if (!(error instanceof Error) || errorCode(error) === "") throw error;
    const why = importMessage("file-unreadable", { systemText: systemReason(error) });
    throw new ProblemError(exportMessage("not-imported", { path, why }), { cause: error });
  }
}

async function filesIn(folder: string): Promise<TextFile[]> {
  const files: TextFile[] = [];
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      const isHidden = entry.name.startsWith(".") && entry.name !== ".resources";
      if (entry.isDirectory() && entry.name !== "node_modules" && !isHidden) waiting.push(path);
      const inFolder = relative(folder, path).split(sep).join("/");
      if (!entry.isFile() || !isCollectionFile(inFolder) || files.length >= maxFiles) continue;
      const text = await textOf(path);
      if (text !== null) files.push({ path: inFolder, text });
    }
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function textOf(path: string): Promise<string | null> {
  const read = await readBounded(path, maxFileMiB << 20);
  return read.kind === "read" ? read.bytes.toString("utf8") : null;
}
