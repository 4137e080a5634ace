// What fixes find in a program's source without parsing it: lines, statements that print a header, and the position for
// a new first statement. The user sees each change before it is made, and sending the request again proves it.
import { byteOrderMark, type ScriptLanguage } from "./language.js";
import { closingQuote, codeOf } from "./line-code.js";
import { endOfImports } from "./python-lines.js";

/** Names of headers that scripts print; any other string does not count as a header. */
const fieldNames =
  "Content-[A-Za-z-]+|Location|Status|Set-Cookie|Cache-Control|Expires|Pragma|X-[A-Za-z0-9-]+|Last-Modified|ETag|Refresh|WWW-Authenticate|Access-Control-[A-Za-z-]+|Vary|Date|Server|Connection|Keep-Alive|Transfer-Encoding|Upgrade|Trailer";
const field = new RegExp(`(["'])(?:${fieldNames})\\s?:`, "i");
const bareField = new RegExp(`^(?:["']{3}|["'])?(?:${fieldNames})\\s?:`, "i");

export interface Printed {
  /** Index of its line. */
  readonly index: number;
  readonly quote: '"' | "'";
  /** The column where the literal's text begins, and that of its closing quote; −1 if it is not closed on this line. */
  readonly from: number;
  readonly to: number;
}

export const linesOf = (text: string): string[] => text.split("\n");

/** The string literals that begin with a header, one per line, in order. */
export function printedFields(lines: readonly string[], language: ScriptLanguage): Printed[] {
  return lines.flatMap((line, index) => {
    const match = field.exec(line);
    if (!match || codeOf(line, language) === "") return []; // in a comment
    const quote = match[1] === "'" ? "'" : '"';
    const from = match.index + 1;
    return [{ index, quote, from, to: closingQuote(line, quote, from - 1, language) }];
  });
}

/** The line is a header by itself, as part of a multi-line string. */
export const isBareField = (line: string): boolean =>
  bareField.test(line.trim().replace(/^(print|puts|echo)[ (]*(?=["'])/, ""));

/** How many line feeds end the literal and the literals after it: `"a: b\n\n"` 2, `"a: b", "\n"` 1. */
export function lineFeedsAfter(line: string, { to }: Printed): number {
  const before = /((?:\\r)?\\n)*$/.exec(line.slice(0, to))?.[0].match(/\\n/g)?.length ?? 0;
  const behind = line.slice(to + 1).match(/["']((?:\\r)?\\n)+["']/g) ?? [];
  return before + behind.reduce((sum, literal) => sum + (literal.match(/\\n/g)?.length ?? 0), 0);
}

/** Statements that add a line feed to what they print. */
const printsLine: Readonly<Record<ScriptLanguage, RegExp | null>> = {
  python: /\bprint\s*\((?!.*\bend\s*=)/,
  perl: /^\s*say\b/,
  shell: /\becho\s+(?!-n)/,
  php: null,
  ruby: null, // puts adds none after a line feed, so it does not count
  node: /console\.log\(/,
  lua: /\bprint\s*[("']/,
  tcl: /\bputs\s+(?!-nonewline)/,
};
export const endsLine = (line: string, language: ScriptLanguage): boolean => printsLine[language]?.test(line) ?? false;

/** `\n` in the literal means a line feed. */
export function readsEscapes(line: string, { quote }: Printed, language: ScriptLanguage): boolean {
  if (language === "shell") return /\bprintf\b/.test(line);
  if (language === "perl" || language === "ruby" || language === "php") return quote === '"';
  return true;
}

const blankLineStatements: Readonly<Record<ScriptLanguage, string>> = {
  python: 'print("")', // Python 2 prints "()" for print()
  perl: 'print "\\n";',
  shell: "echo",
  php: 'echo "\\n";',
  ruby: "puts",
  node: 'console.log("");',
  lua: "print()",
  tcl: 'puts ""',
};
/** The statement that prints a blank line. */
export const blankLineStatement = (language: ScriptLanguage): string => blankLineStatements[language];

const literal = /"[^"\n]*"|'[^'\n]*'/.source;
const blockComment = /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/[ \t]*/.source;

/**
 * Lines with nothing but the statement, a comment, or both. Each match ends with its line. No two parts take the same
 * blanks: trying every split of a long run would take minutes.
 */
const linesLike = (statement: string, comment: string): RegExp =>
  new RegExp(`[ \\t]*(?:(?:${statement})(?<![ \\t])[ \\t]*)?(?:${comment})?\\r?(?:\\n|$)`, "gy");

/** What may precede a new first statement. What may go on in the next line is left out: it comes after the new one. */
const prologue: Readonly<Record<Exclude<ScriptLanguage, "python">, RegExp>> = {
  perl: linesLike(
    String.raw`(?:use|no|package)\s(?:[\w:.,=> \t-]|${literal}|qw[ \t]*(?:\([^()]*\)|/[^/]*/|\{[^{}]*\}|<[^<>]*>))*;`,
    "#.*",
  ),
  shell: linesLike(String.raw`set[ \t]+[-+][\w \t+-]*`, "#.*"),
  php: linesLike(
    String.raw`declare[ \t]*\([^()]*\)[ \t]*;|namespace\s+[\w\\]+\s*;|use\s[\w\\,{}\s]*;`,
    String.raw`(?://|#(?!\[))(?:(?!\?>).)*|${blockComment}`,
  ),
  ruby: linesLike(String.raw`require(?:_relative)?[ \t(]*(?:${literal})[ \t)]*;?`, "#.*"),
  node: linesLike(
    String.raw`import\s[^;"'/]*(?:${literal})[ \t]*;?|["']use strict["'];?|` +
      String.raw`const\s[\w\s{},:$]*=\s*require\((?:${literal})\)[\w.]*;`,
    `#!.*|//.*|${blockComment}`,
  ),
  lua: linesLike("", String.raw`#!.*|--(?!\[=*\[).*`),
  tcl: linesLike(String.raw`package[ \t]+require[ \t]+[\w.: \t-]*;?`, "#.*"),
};

/** Nothing is put before these: shell lines that another program reads too, and what PHP requires first. */
const staysFirst: Partial<Record<ScriptLanguage, RegExp>> = {
  shell: /^\s*(?:["':]|exec\b(?![ \t]+\d*[<>])|eval[ \t]+["']exec\b)/,
  php: /\bdeclare\s*\(|(?:^|[;*/}])[ \t]*namespace\s/im,
};

/** The position for a new first statement: a line's start or the text's end. Null if none is safe. */
function firstPosition(text: string, language: ScriptLanguage): number | null {
  if (/\r(?!\n)|\0/.test(text)) return null;
  if (language === "python") return endOfImports(text);
  const start = language === "php" ? /^(?:#!.*\r?\n)?<\?php[ \t]*\r?\n/i.exec(text)?.[0].length : 0;
  if (start === undefined) return null; // PHP in a page
  let end = start;
  for (const match of text.slice(start).matchAll(prologue[language]))
    if (/\S/.test(match[0])) end = start + match.index + match[0].length;
  // A comment that ends with a backslash goes on in Tcl. Tcl scripts may begin as shell scripts.
  if ((language === "shell" || language === "tcl") && /\\\r?\n/.test(text.slice(0, end))) return null;
  return staysFirst[language]?.test(text.slice(end)) ? null : end;
}

/**
 * Inserts a statement before the first one that has an effect: after comments, imports and the like. A line feed in it
 * becomes the file's line end. Null if no position is safe.
 */
export function insertFirst(text: string, language: ScriptLanguage, statement: string): string | null {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : "";
  const plain = text.slice(mark.length);
  const at = firstPosition(plain, language);
  if (at === null) return null;
  const end = `${lineEnd(text)}\n`;
  const lines = statement.replaceAll("\n", end);
  const before = plain.slice(0, at);
  return mark + before + (/[^\n]$/.test(before) ? end + lines : lines + end) + plain.slice(at);
}

export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Replaces each `[from, to)`; the edits are in order and do not overlap. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  let changed = "";
  let end = 0;
  for (const edit of edits) {
    changed += text.slice(end, edit.from) + edit.text;
    end = edit.to;
  }
  return changed + text.slice(end);
}

/** What precedes each line feed of the file: a carriage return, or nothing. */
export const lineEnd = (text: string): "\r" | "" => (/\r\n/.test(text) && !/[^\r]\n/.test(text) ? "\r" : "");
export const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? "";

/** Replaces the columns `[from, to)` of a line. */
export const splice = (line: string, from: number, to: number, text: string): string =>
  line.slice(0, from) + text + line.slice(to);
