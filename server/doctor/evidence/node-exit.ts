// Output that Node did not write to its end, since the script called `process.exit`.

import type { FactsWithFile, TraceFacts } from "../engine/facts.js";
import { languageOf } from "../fixes/language.js";
import { declaredLength } from "./content-length.js";

/** A pipe holds so many bytes, and is filled page by page. */
const pipeBytes = 65_536;
const pageBytes = 4096;

/** The output ends where a full pipe did. */
export const mayBeCut = ({ stdout }: Pick<TraceFacts, "stdout">): boolean =>
  stdout !== null && stdout.bytes >= pipeBytes && stdout.bytes % pageBytes === 0;

/** The line of the `process.exit` behind the last write of a script whose output is cut; null for other scripts. */
export function cuttingExit(facts: FactsWithFile): number | null {
  const { file, stdout } = facts;
  if (file === null || languageOf(file.path, file.source) !== "node" || (stdout?.bytes ?? 0) < pipeBytes) return null;
  const length = declaredLength(facts);
  if (length === null ? !mayBeCut(facts) : length.declared <= length.actual) return null;
  const exit = /(?:stdout\.write|console\.log)\s*\([\s\S]*?(\bprocess\.exit\s*\()/.exec(file.source);
  const at = exit === null ? -1 : exit.index + exit[0].length;
  return at < 0 ? null : file.source.slice(0, at).split("\n").length;
}
