// The fix of the charsets that a script declares: in its Content-Type, and in the pages that it prints.
import { encodingOf } from "../../formats/encodings/browser-charset.js";
import { textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { quoteAt } from "./line-code.js";
import { linesOf } from "./source.js";
import { headLines, writesLiteral } from "./statements.js";

/** Charsets that old scripts declare although their output is UTF-8 now, and those that no ASCII can be in. */
const older = /^(?:utf-?16(?:le|be)?|iso-8859-\d+|latin-?\d|windows-125\d|us-ascii|ascii)$/i;

/** A charset's name: in quotes, both the same; or bare, without a variable behind it. */
const name = String.raw`(\\?["']|)([A-Za-z](?:[\w.:-]*\w)?)\2(?![\w.:$%{#@[\-])`;
const inField = new RegExp(String.raw`(content-type[ \t]*:[^"'\n]*charset[ \t]*=[ \t]*)${name}`, "gi");
const inPage = new RegExp(String.raw`(<meta\s[^<>]*?charset[ \t]*=[ \t]*)${name}`, "gi");
const noCharset = /content-type[ \t]*:[ \t]*text\/[\w.+-]+(?=[ \t]*(?:\\[rn]|["']|\r?\n|\r?$))/gi;

/** A string's end, and something added to it that does not begin with a line feed: it may be the rest of the type. */
const goesOn = /^[ \t]*["'](?:[\w$"']|[ \t]*(?:\.(?!encode|format)\.?|\+)(?!\.?[ \t]*[brf]?["']\\[rnx0]))/;

export const declareCharset = textFix(
  "declare-charset",
  "Declare charset=utf-8 wherever the script declares an encoding",
  ({ path, text }) => {
    const language = languageOf(path, text);
    const isNotUtf8 = (label: string): boolean => older.test(label) || encodingOf(label) === null;
    const named = replaceName(text, inField, language, isNotUtf8, printedAt(text, language));
    const isPrinted = printedAt(named, language);
    const added = named.replace(noCharset, (field: string, at: number) =>
      isPrinted(at) ? withCharset(named, field, at, language) : field,
    );
    return replaceName(added, inPage, language, (label) => encodingOf(label) !== "utf-8");
  },
);

/**
 * Whether the header at a position may be the response's: not one that the script compares, mails or requests with.
 * Each position is behind the one before: counting the lines from the beginning would take quadratic time.
 */
function printedAt(text: string, language: ScriptLanguage | null): (at: number) => boolean {
  if (language === null) return () => true;
  const lines = linesOf(text);
  const head = headLines(lines, language);
  let counted = 0;
  let index = 0;
  return (at) => {
    index += text.slice(counted, at).split("\n").length - 1;
    counted = at;
    const [line, column] = lineAt(text, at);
    return head.has(index) || kept.test(line) || writesLiteral(lines, index, column, language);
  };
}
/** A function returns the header, or a variable has it until it is printed. */
const kept = /^[ \t]*(?:return\b|(?:(?:my|our|local|const|let|var)[ \t]+)?[$@]?[\w.]+[ \t]*[.+]?=(?![=~>]))/;

/** Replaces the names that are wrong; not one between the end of a string and the beginning of another. */
function replaceName(
  text: string,
  where: RegExp,
  language: ScriptLanguage | null,
  isWrong: (label: string) => boolean,
  isOurs: (at: number) => boolean = () => true,
): string {
  return text.replace(where, (whole: string, before: string, quote: string, label: string, at: number) => {
    const [line, column] = lineAt(text, at + before.length);
    const closes = quote !== "" && quoteAt(line, column, language) === quote;
    const isPart = encodingOf(label) === null && goesOn.test(text.slice(at + whole.length));
    return closes || isPart || !isWrong(label) || !isOurs(at) ? whole : `${before}${quote}utf-8${quote}`;
  });
}

function withCharset(text: string, field: string, at: number, language: ScriptLanguage | null): string {
  const [line, column] = lineAt(text, at);
  const before = line.slice(0, column);
  const after = line.slice(column + field.length);
  if (goesOn.test(after)) return field;
  const declared = `${field}; charset=utf-8`;
  if (language !== "shell" || !/[^ \t]/.test(before) || quoteAt(line, column, language) !== null) return declared;
  // Outside of quotes, `;` would end the command.
  return /\becho[ \t]+(?:-e[ \t]+)?$/.test(before) && /^[ \t\r]*$/.test(after) ? `"${declared}"` : field;
}

/** The line around a position, and the position's column in it. */
function lineAt(text: string, at: number): readonly [line: string, column: number] {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const to = text.indexOf("\n", at);
  return [text.slice(from, to < 0 ? text.length : to), at - from];
}
