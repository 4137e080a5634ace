// The files below a folder of a lesson, all at once: they are few and small. Links are none of them.
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode, readBounded } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
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
  const files: TreeFile[] = [];
  let left = maxMiB << 20;
  const refusal = (): ProblemError =>
    new ProblemError(lessonProblem("work-too-large", { path: folder, maxMiB, maxEntries }));
  const waiting = [""];
  let entries = 0;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const entry of await entriesOf(join(folder, at))) {
      if (++entries > maxEntries) throw refusal();
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      if (!entry.isFile()) continue;
      const read = await readBounded(join(folder, path), left).catch((error: unknown) => {
        throw fileProblem(error, path);
      });
      if (read.kind === "too-large") throw refusal();
      left -= read.bytes.length;
      files.push({ path, bytes: read.bytes });
    }
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** The files below one of the tree's folders, by their paths below that. */
export const filesBelow = (files: readonly TreeFile[], folder: string): readonly TreeFile[] =>
  files
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .map(({ path, bytes }) => ({ path: path.slice(folder.length + 1), bytes }));

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw fileProblem(error, folder);
  }
}

export interface StartState {
  /** The modes by path, in octal. */
  readonly modes: Readonly<Record<string, string>>;
  readonly lineEnds: Readonly<Record<string, "lf" | "crlf">>;
}
export const asItIs: StartState = { modes: {}, lineEnds: {} };

/** Writes files into a folder. Everything in cgi-bin can be run, unless the state of the start says otherwise. */
export async function writeTree(
  to: string,
  files: readonly TreeFile[],
  { modes, lineEnds }: StartState,
): Promise<void> {
  for (const { path, bytes } of files) {
    const file = join(to, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, withLineEnds(bytes, lineEnds[path]), { flag: "wx" });
    await chmod(file, Number.parseInt(modes[path] ?? (path.startsWith("cgi-bin/") ? "0755" : "0644"), 8));
  }
}

function withLineEnds(bytes: Uint8Array, ends: "lf" | "crlf" | undefined): Uint8Array {
  if (ends === undefined) return bytes;
  const lines = Buffer.from(bytes).toString("latin1").split(/\r?\n/);
  return Buffer.from(lines.join(ends === "crlf" ? "\r\n" : "\n"), "latin1");
}
