// The files below a folder of a lesson, all at once: they are few and small. Links are none of them.
import { chmod, mkdir, readdir, realpath, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { readBounded, unlessMissing } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { measureTree } from "../../workspace/files/copy-tree.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { lessonProblem } from "../messages.js";

export interface TreeFile {
  /** Below the folder. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const maxMiB = 20;
export const maxEntries = 1000;

/** The files in the order of their paths; none if there is no such folder. @throws ProblemError */
export async function readTree(folder: string): Promise<readonly TreeFile[]> {
  const refusal = (): ProblemError =>
    new ProblemError(lessonProblem("work-too-large", { path: folder, maxMiB, maxEntries }));
  try {
    const root = await unlessMissing(realpath(folder), null); // a link counts as one entry, and all behind it is read
    if (root === null) return [];
    let left = maxMiB << 20;
    if ((await measureTree(root, { bytes: left, entries: maxEntries + 1 })) === null) throw refusal();
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const files: TreeFile[] = [];
    for (const file of paths.toSorted()) {
      const path = relative(root, file);
      const read = await readBounded(file, left).catch((error: unknown) => {
        throw fileProblem(error, path);
      });
      if (read.kind === "too-large") throw refusal(); // it has grown meanwhile
      left -= read.bytes.length;
      files.push({ path, bytes: read.bytes });
    }
    return files;
  } catch (error) {
    throw fileProblem(error, folder);
  }
}

/** The files below one of the tree's folders, by their paths below that. */
export const filesBelow = (files: readonly TreeFile[], folder: string): readonly TreeFile[] =>
  files
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .map(({ path, bytes }) => ({ path: path.slice(folder.length + 1), bytes }));

/** In octal: everything in cgi-bin can be run. */
export const usualMode = (path: string): string => (/(^|\/)cgi-bin\//.test(path) ? "0755" : "0644");

export interface StartState {
  /** The modes by path, in octal, of files that have another than the usual one. */
  readonly modes?: Readonly<Record<string, string>>;
  readonly lineEnds?: Readonly<Record<string, "crlf">>;
}

/** Writes files into a folder. */
export async function writeTree(
  to: string,
  files: readonly TreeFile[],
  { modes = {}, lineEnds = {} }: StartState = {},
): Promise<void> {
  for (const { path, bytes } of files) {
    const file = join(to, path);
    const content = lineEnds[path] ? Buffer.from(bytes).toString("latin1").replace(/\r?\n/g, "\r\n") : bytes;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flag: "wx", encoding: "latin1" });
    await chmod(file, Number.parseInt(modes[path] ?? usualMode(path), 8));
  }
}
