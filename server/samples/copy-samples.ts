// Copies the examples, and resets a copy. A hidden file marks a copy; a copy never overwrites another file, and a reset
// changes only the examples' own files and what their scripts stored, nothing that the user created.
import { chmod, mkdir, open, readdir, realpath, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode, exists, readBounded } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import type { SampleChanges } from "../contract/samples-contract.js";
import { Containment } from "../routing/containment.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import { absoluteFolder } from "../workspace/files/folders.js";
import { resolveNewEntry } from "../workspace/files/resolve-entry.js";
import { currentHash, saveFile } from "../workspace/files/save-file.js";
import { hashOf } from "../workspace/files/text-file.js";
import { sampleMessage } from "./messages.js";
import { dataFolder, markName, type SampleFile } from "./sample-files.js";

/** Creates a folder and missing folders above it, if it does not exist. Returns its real path. @throws ProblemError */
export async function makeFolder(path: string): Promise<{ root: string; isNew: boolean }> {
  const folder = absoluteFolder(path);
  try {
    const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
    return { root: await realpath(folder), isNew };
  } catch (error) {
    if (errorCode(error) === "EEXIST")
      throw new ProblemError(sampleMessage("not-a-folder", { path: folder }), { cause: error });
    throw fileProblem(error, folder);
  }
}

/**
 * Copies the examples into a new or empty folder. False if it has a copy already, which stays unchanged. @throws
 * ProblemError
 */
export async function copySamples(root: string, files: readonly SampleFile[]): Promise<boolean> {
  try {
    const names = await readdir(root);
    if (names.includes(markName)) return false;
    if (names.length > 0) throw new ProblemError(sampleMessage("folder-not-empty", { path: root }));
    await writeAll(root, [...files, { path: markName, bytes: mark, executable: false }]);
    return true;
  } catch (error) {
    throw fileProblem(error, root);
  }
}

const mark = new TextEncoder().encode(
  "This folder is a copy of the CGI Workbench's examples: they can be put back as they were.\n",
);

/** All files, over no other; if one cannot be written, none, so that the folder can be used again. */
async function writeAll(root: string, files: readonly SampleFile[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const { path, bytes, executable } of files) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, "wx");
      made.push(file);
      try {
        await handle.writeFile(bytes);
        if (executable) await handle.chmod(0o755);
      } finally {
        await handle.close();
      }
    }
  } catch (error) {
    for (const file of made) await rm(file, { force: true });
    await removeEmptyFolders(root, files);
    throw error;
  }
}

/** Those that the files lie in, the deepest first. */
async function removeEmptyFolders(root: string, files: readonly SampleFile[]): Promise<void> {
  const folders = new Set(files.flatMap(({ path }) => foldersAbove(path)));
  for (const folder of [...folders].sort((a, b) => b.length - a.length))
    try {
      await rmdir(join(root, folder));
    } catch (error) {
      // not made yet, or another program has something there
      if (!["ENOENT", "ENOTDIR", "ENOTEMPTY", "EEXIST"].includes(errorCode(error))) throw error;
    }
}

const foldersAbove = (path: string): string[] => {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
};

export async function sampleChanges(root: string, files: readonly SampleFile[]): Promise<SampleChanges> {
  if (!(await exists(join(root, markName)))) return { isSamples: false, changed: [], missing: [], hasData: false };
  const changed: string[] = [];
  const missing: string[] = [];
  for (const { path, bytes } of files) {
    const now = await hashNow(join(root, path));
    if (now === null) missing.push(path);
    else if (now !== hashOf(bytes)) changed.push(path);
  }
  return { isSamples: true, changed, missing, hasData: await exists(join(root, dataFolder)) };
}

/**
 * Returns how many files were restored. @throws ProblemError if the folder is not a copy, or a file cannot be written
 */
export async function resetSamples(root: string, files: readonly SampleFile[]): Promise<number> {
  const { isSamples, changed, missing } = await sampleChanges(root, files);
  if (!isSamples) throw new ProblemError(sampleMessage("no-samples", { path: root }));
  const wrong = new Set([...changed, ...missing]);
  const containment = new Containment(root, []); // must not follow a link out of the folder
  for (const { path, bytes, executable } of files) {
    try {
      const place = await resolveNewEntry(root, path, containment);
      if (wrong.has(path) && (await saveFile(place, bytes, await currentHash(place))).kind === "conflict")
        throw new ProblemError(sampleMessage("conflict", { path }));
      if (executable) await chmod(place, 0o755);
    } catch (error) {
      throw fileProblem(error, path);
    }
  }
  await rm(join(root, dataFolder), { recursive: true, force: true });
  return wrong.size;
}

/**
 * To tell whether it is as it was, so no more is read than an example has. Null if it does not exist; anything but a
 * regular file counts as different.
 */
async function hashNow(file: string): Promise<string | null> {
  try {
    const read = await readBounded(file, 1 << 20);
    return read.kind === "read" ? hashOf(read.bytes) : "larger than any example";
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === "") throw error;
    return `not to be read: ${code}`;
  }
}
