// Diagnostics: findings about a place in a script's text.
import type { FixId } from "../../contract/doctor-contract.js";
import type { Marker } from "../../contract/fix-contract.js";
import { asSentence, type Sentence } from "../../contract/message.js";

/** Rules that only static checks report. All other diagnostics have the id of a rule that checks traces. */
export const staticRules = ["syntax-error", "windows-line-ends", "htaccess-not-read", "htaccess-read"] as const;

/** A marker whose fixes have not been tried yet: some of them may have nothing to change. */
export type Diagnostic = Omit<Marker, "fixes"> & { readonly fixes: readonly FixId[] };
export interface DiagnosticText extends Pick<Diagnostic, "rule" | "severity"> {
  readonly title: string | Sentence;
  readonly detail: string | Sentence;
  readonly fixes?: readonly FixId[];
}

/** Marks a whole line without its indentation. `source`: decoded. */
export function onLine(source: string, line: number, text: DiagnosticText): Diagnostic {
  const content = (source.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const column = content.length - content.trimStart().length + 1;
  return { ...worded(text), line, column, endLine: line, endColumn: Math.max(column + 1, content.length + 1) };
}

/** Marks the word at a position, or one character if there is no word. Columns count from 1. */
export function atColumn(source: string, line: number, column: number, text: DiagnosticText): Diagnostic {
  const content = (source.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const from = Math.min(Math.max(1, column), content.length + 1);
  const word = /^(\w+|.)/.exec(content.slice(from - 1))?.[0] ?? "";
  return {
    ...worded(text),
    line,
    column: word === "" ? Math.max(1, from - 1) : from,
    endLine: line,
    endColumn: word === "" ? Math.max(2, from) : from + word.length,
  };
}

const worded = ({ title, detail, ...others }: DiagnosticText) => ({
  fixes: [],
  ...others,
  title: asSentence(title),
  detail: asSentence(detail),
});
