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
  const write = [...source.matchAll(/\b(?:stdout\.write|console\.log)\s*\(/g)].at(-1)?.index;
  if (write === undefined) return null;
  const exits = [...source.slice(write).matchAll(/\bprocess\.exit\(/g)].map(({ index }) => write + index);
  const exit = exits.find((at) => isReached(source, source.slice(write, at)));
  return exit === undefined ? null : source.slice(0, exit).split("\n").length;
}

const functions =
  /(\.(?:then|finally)\(\s*)?(?:async\s+)?(?:(?:\([^()]*\)|\w+)\s*=>|\bfunction\b\s*(\w*)\s*\([^()]*\))/g;

/** Whether the code behind a write leads to an exit: this is in no function that waits for something else. */
function isReached(source: string, between: string): boolean {
  const isCalled = (name = ""): boolean => name !== "" && new RegExp(`(?<!function\\s+)\\b${name}\\(`).test(source);
  return [...between.matchAll(functions)].every(
    ({ 0: begins, 1: then, 2: name, index }) =>
      then !== undefined || isCalled(name) || !isOpen(between.slice(index + begins.length)),
  );
}

/** Whether the function whose body comes first goes on up to the end. */
function isOpen(body: string): boolean {
  const end = /^\s*\{/.test(body) ? "}" : ";";
  let depth = 0;
  for (const sign of body.match(/[(){}[\];]/g) ?? []) {
    depth += "({[".includes(sign) ? 1 : sign === ";" ? 0 : -1;
    if (depth < 0 || (depth === 0 && sign === end)) return false;
  }
  return true;
}
