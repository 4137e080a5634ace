// The files of a collection on disk: one file, or a folder of Bruno's.
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { errorCode, readBounded } from "../../base/disk.js";
import { systemReason } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { exportMessage, importMessage } from "../../trace/formats/messages.js";
import { isBrunoFile, type TextFile } from "./bruno.js";
import { collectionProblem } from "./messages.js";

/** Larger files are no collections. */
const maxFileMiB = 64;
const maxFiles = 10_000;

/** None: it is too large for a collection. `path`: a file, or a folder of Bruno's. @throws ProblemError */
export async function collectionFiles(path: string): Promise<readonly TextFile[]> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder || ["bruno.json", "collection.bru"].includes(basename(path)))
      return await brunoFiles(isFolder ? path : dirname(path));
    const text = await textOf(path);
    return text === null ? [] : [{ path: basename(path), text }];
  } catch (error) {
    if (!(error instanceof Error) || errorCode(error) === "") throw error;
    const why = importMessage("file-unreadable", { systemText: systemReason(error) });
    throw new ProblemError(exportMessage("not-imported", { path, why }), { cause: error });
  }
}

async function brunoFiles(folder: string): Promise<TextFile[]> {
  const files: TextFile[] = [];
  const waiting = [folder];
  let inYaml: string | null = null;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      inYaml ??= yamlForm(entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) waiting.push(path);
      if (!entry.isFile() || !isBrunoFile(entry.name) || files.length >= maxFiles) continue;
      const text = await textOf(path);
      if (text !== null) files.push({ path: relative(folder, path).split(sep).join("/"), text });
    }
  }
  if (files.length > 0) return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  if (inYaml !== null) throw new ProblemError(collectionProblem("collection-in-yaml", { path: folder, form: inYaml }));
  throw new ProblemError(collectionProblem("collection-empty", { path: folder }));
}

function yamlForm(name: string): string | null {
  if (/^opencollection\.ya?ml$/.test(name)) return "OpenCollection, as Bruno writes it";
  return /\.request\.ya?ml$/.test(name) ? "Postman v3" : null;
}

async function textOf(path: string): Promise<string | null> {
  const read = await readBounded(path, maxFileMiB << 20);
  return read.kind === "read" ? read.bytes.toString("utf8") : null;
}
