// Output that Node did not write to its end, since the script called `process.exit`.

import type { FactsWithFile, TraceFacts } from "../base/facts.js";
import { languageOf } from "../fixes/language.js";
import { declaredLength } from "./content-length.js";
import { wasInterrupted } from "./process.js";

/** A pipe holds so many bytes, and is filled page by page. */
const pipeBytes = 65_536;
const pageBytes = 4096;

/** The output ends where a full pipe did. */
export const mayBeCut = ({ stdout }: Pick<TraceFacts, "stdout">): boolean =>
  stdout !== null && stdout.bytes >= pipeBytes && stdout.bytes % pageBytes === 0;

/** The line of the `process.exit` that cut the output off: behind the last write before one. Null for other scripts. */
export function cuttingExit(facts: FactsWithFile): number | null {
  const { file } = facts;
  if (file === null || languageOf(file.path, file.source) !== "node" || !mayBeCut(facts) || wasInterrupted(facts))
    return null;
  const length = declaredLength(facts);
  if (length !== null && length.declared <= length.actual) return null;
  const source = file.source.replace(/^[ \t]*\/\/.*$/gm, "");
  const lastExit = source.lastIndexOf("process.exit(");
  const write = [...source.slice(0, Math.max(0, lastExit)).matchAll(/\b(?:stdout\.write|console\.log)\s*\(/g)].at(
    -1,
  )?.index;
  if (write === undefined) return null;
  const exit = source.indexOf("process.exit(", write);
  if (/=>\s*\{?\s*$/.test(source.slice(Math.max(write, exit - 80), exit))) return null; // in the callback of the write
  return source.slice(0, exit).split("\n").length;
}
