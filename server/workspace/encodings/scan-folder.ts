// Examines the text files of a folder, within bounds, and lets other work continue in between.
import { setImmediate as turn } from "node:timers/promises";
import { ProblemError } from "../../base/problem.js";
import type { EncodingReport } from "../../contract/encodings-contract.js";
import { maxExaminedFiles } from "../../contract/limits.js";
import type { FileList } from "../../contract/workspace.js";
import type { FileBytes } from "../files/file-contents.js";
import { examineFile } from "./examine-file.js";

/** What an examination needs of the workspace. */
interface Examinable {
  list(): Promise<Pick<FileList, "entries">>;
  readBytes(path: string): Promise<FileBytes | null>;
}
type ScanBounds = Pick<EncodingReport, "maxFiles" | "maxBytes" | "maxFileBytes" | "maxMs">;

/** A larger file is data rather than a page or a script. */
export const scanBounds: ScanBounds = {
  maxFiles: maxExaminedFiles,
  maxBytes: 256 << 20,
  maxFileBytes: 4 << 20,
  maxMs: 15_000,
};
/** Work without a pause, ms: a request of a script waits no longer for the examination. */
const sliceMs = 8;

/** `signal`: the caller no longer wants the report. @throws ProblemError, or the signal's reason */
export async function scanFolder(
  folder: Examinable,
  signal: AbortSignal,
  bounds: ScanBounds = scanBounds,
): Promise<EncodingReport> {
  const { entries } = await folder.list();
  const report: Mutable<EncodingReport> = { files: [], binary: 0, skipped: 0, bound: null, ...bounds };
  const began = performance.now();
  let slice = began;
  let bytesRead = 0;
  let examined = 0;
  for (const { path, kind, sizeBytes } of entries) {
    if (kind !== "file") continue;
    signal.throwIfAborted();
    if (examined === bounds.maxFiles) report.bound = "files";
    else if (performance.now() - began > bounds.maxMs) report.bound = "time";
    else if (bytesRead + Math.min(sizeBytes, bounds.maxFileBytes) > bounds.maxBytes) report.bound = "bytes";
    if (report.bound !== null) break;
    examined += 1;
    const bytes = sizeBytes > bounds.maxFileBytes ? null : await readOrNull(folder, path);
    if (bytes === null || bytes.length > bounds.maxFileBytes) {
      report.skipped += 1;
      continue;
    }
    bytesRead += bytes.length;
    const row = examineFile(path, bytes);
    if (row === null) report.binary += 1;
    else report.files.push(row);
    if (performance.now() - slice < sliceMs) continue;
    await turn();
    slice = performance.now();
  }
  report.files.sort((a, b) => (a.path < b.path ? -1 : 1)); // they were listed breadth first
  return report;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Null: the file is no longer there, or not readable; the report counts it. */
async function readOrNull(folder: Examinable, path: string): Promise<Uint8Array | null> {
  try {
    return (await folder.readBytes(path))?.bytes ?? null;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
