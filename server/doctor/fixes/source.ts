// What fixes find in a program's source without parsing it: lines, statements that print a header, and the position for a new first
// statement. The user sees each change before it is made, and sending the request again proves it.
import type { ScriptLanguage } from "./language.js";

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

const comments: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /^\s*#/,
  perl: /^\s*#/,
  shell: /^\s*#/,
  php: /^\s*(#|\/\/|\*)/,
  ruby: /^\s*#/,
  node: /^\s*(\/\/|\*)/,
  lua: /^\s*--/,
  tcl: /^\s*#/,
};

/** The string literals that begin with a header, one per line, in order. */
export function printedFields(lines: readonly string[], language: ScriptLanguage): Printed[] {
  return lines.flatMap((line, index) => {
    const match = comments[language].test(line) ? null : field.exec(line);
    if (!match) return [];
    const quote = match[1] === "'" ? "'" : '"';
    const from = match.index + 1;
    return [{ index, quote, from, to: closing(line, quote, from) }];
  });
}

/** The line is a header by itself, as part of a multi-line string. */
export const isBareField = (line: string): boolean =>
  bareField.test(line.trim().replace(/^(print|puts|echo)[ (]*(?=["'])/, ""));

function closing(line: string, quote: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line[at] === quote) return at;
  }
  return -1;
}

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
  python: "print()",
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

const prologue: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /^(#.*|import\s.*|from\s+\S+\s+import\s.*|("""|''').*\2)?\s*$/,
  perl: /^\s*(#.*|(use|no|package)\s[^;]*;)?\s*$/,
  shell: /^\s*(#.*|set\s+-.*)?\s*$/,
  php: /^\s*(#.*|\/\/.*|<\?php|declare\(.*\);)?\s*$/,
  ruby: /^\s*(#.*|require(_relative)?\s.*)?\s*$/,
  node: /^\s*(#!.*|\/\/.*|import\s.*|const\s.*=\s*require\(.*\);?|["']use strict["'];?)?\s*$/,
  lua: /^\s*(#!.*|--.*|local\s.*=\s*require.*)?\s*$/,
  tcl: /^\s*(#.*|package\s+require\s.*)?\s*$/,
};

/** Inserts a statement before the first one that has an effect: after comments, imports and the like. */
export function insertFirst(text: string, language: ScriptLanguage, statement: string): string {
  const lines = linesOf(text);
  let index = 0;
  let docstring: string | null = null;
  for (; index < lines.length; index++) {
    const line = (lines[index] ?? "").replace(/\r$/, "");
    const quotes = language === "python" ? /^("""|''')/.exec(line)?.[1] : undefined;
    if (docstring !== null) {
      if (line.includes(docstring)) docstring = null;
    } else if (quotes !== undefined && line.indexOf(quotes, 3) < 0) docstring = quotes;
    else if (!prologue[language].test(line)) break;
  }
  if (index >= lines.length) index = lines.findLastIndex((line) => line.trim() !== "") + 1;
  while (index > 0 && (lines[index - 1] ?? "").trim() === "") index--; // directly after the imports
  return [...lines.slice(0, index), statement + lineEnd(text), ...lines.slice(index)].join("\n");
}

/** What precedes each line feed of the file: a carriage return, or nothing. */
export const lineEnd = (text: string): "\r" | "" => (/\r\n/.test(text) && !/[^\r]\n/.test(text) ? "\r" : "");
export const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? "";

/** Replaces the columns `[from, to)` of a line. */
export const splice = (line: string, from: number, to: number, text: string): string =>
  line.slice(0, from) + text + line.slice(to);
