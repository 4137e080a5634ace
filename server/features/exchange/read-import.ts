// What is in files to import: collections of requests, and traces. A thread of its own runs this.
import { ProblemError } from "../../base/problem.js";
import type { ProblemMessage } from "../../contract/problem.js";
import type { TraceJson } from "../../contract/trace.js";
import { readTraces } from "../../trace/formats/read-file.js";
import type { Collection, TextFile } from "../collections/collection.js";
import { collectionFiles } from "../collections/collection-files.js";
import { groupsOf } from "../collections/file-groups.js";
import { readCollection } from "../collections/read-collection.js";
import { readTraceFile } from "./read-trace-file.js";

/** A file or a folder on disk, or the texts of files. */
export type ImportSource = { readonly path: string } | { readonly files: readonly TextFile[] };
export type ReadGroup = Collection | readonly TraceJson[];
export type ImportAnswer = { readonly groups: readonly ReadGroup[] } | { readonly problem: ProblemMessage };

/** One file that cannot be read leaves nothing but the reason. */
export async function readImport(source: ImportSource): Promise<ImportAnswer> {
  try {
    if ("files" in source) return { groups: groupsOf(source.files).map(readGroup) };
    const { path } = source;
    const groups = (await collectionFiles(path)).map(readCollection);
    const isTraces = groups.every((group) => group === null);
    return { groups: isTraces ? [await readTraceFile(path)] : groups.filter((group) => group !== null) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, message, fix, data } = error.problem;
    return { problem: { code, text: message, fix, data } };
  }
}

const readGroup = (group: readonly TextFile[]): ReadGroup =>
  readCollection(group) ?? group.flatMap(({ path, text }) => readTraces(path, Buffer.from(text)));
