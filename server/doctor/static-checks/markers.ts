// Markers: places in a text with something to say about them.
import type { FixId } from "../../contract/doctor-contract.js";
import type { Marker } from "../../contract/repair-contract.js";

/** What only a look before the run can say; all other markers are of rules that a run can prove. */
export const staticRules = ["syntax-error", "windows-line-ends"] as const;

/** A marker whose fixes are not yet looked at: which of them would change something is found out later. */
export type Diagnostic = Omit<Marker, "fixes"> & { readonly fixes: readonly FixId[] };
export type Words = Pick<Diagnostic, "rule" | "severity" | "title" | "detail"> & { readonly fixes?: readonly FixId[] };

/** Under a whole line, its indentation left out. `text` decoded. */
export function onLine(text: string, line: number, words: Words): Diagnostic {
  const content = (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const column = content.length - content.trimStart().length + 1;
  return { fixes: [], ...words, line, column, endLine: line, endColumn: Math.max(column + 1, content.length + 1) };
}

/** Under the word at a place, or the rest of the line where no word is. Columns count from 1. */
export function atColumn(text: string, line: number, column: number, words: Words): Diagnostic {
  const content = (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const from = Math.min(Math.max(1, column), content.length + 1);
  const word = /^(\w+|.)/.exec(content.slice(from - 1))?.[0] ?? "";
  return {
    fixes: [],
    ...words,
    line,
    column: word === "" ? Math.max(1, from - 1) : from,
    endLine: line,
    endColumn: word === "" ? Math.max(2, from) : from + word.length,
  };
}
