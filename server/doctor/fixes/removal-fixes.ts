// Fixes that remove headers from a script: Content-Length, and those that only the server may set.
import { textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { codeOf } from "./line-code.js";
import { blankLineStatement, indentOf, linesOf, type Printed, printedFields } from "./source.js";
import { headLines, isWholeStatement, placeholder, printsElsewhere, writesLiteral } from "./statements.js";

const contentLength = "Content-Length";
const serverHeaders = "Transfer-Encoding|Connection|Keep-Alive|Upgrade|Trailer|TE|Proxy-Connection";

export const removeContentLength = textFix(
  "remove-content-length",
  "Remove Content-Length, which the server adds",
  ({ path, text }) => withoutField(text, contentLength, languageOf(path, text)),
);
export const removeField = textFix(
  "remove-field",
  "Remove headers that belong to the server, such as Transfer-Encoding",
  ({ path, text }) => withoutField(text, serverHeaders, languageOf(path, text)),
);

const feed = "(?:\\\\r)?\\\\n";

/** Removes the headers from literals that have other headers too, and statements that print nothing else. */
function withoutField(text: string, names: string, language: ScriptLanguage | null): string | null {
  if (language === null) return null;
  const before = linesOf(text);
  const lines = before.map((_, index) => withoutPart(before, index, names, language));
  const head = headLines(before, language);
  const ours = new RegExp(`^(?:${names})\\s?:`, "i");
  const own = new Map(printedFields(lines, language).map((literal) => [literal.index, literal]));
  // From the last line on, so that a block loses its statements one by one, and the indexes before them stay right.
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    const literal = own.get(index);
    if (literal === undefined) {
      // In a text of several lines. A quote, or an unusual end, may be the end of that text.
      if (head.has(index) && ours.test(line.trim()) && /^[^"'`;,\\()[\]{}]*$/.test(line)) lines.splice(index, 1);
      continue;
    }
    if (!ours.test(line.slice(literal.from)) || !isWholeStatement(lines, index, language)) continue;
    const feeds = lineFeedsOf(line, literal, language);
    if (feeds === 0) continue;
    const instead = feeds > 1 ? blankLineStatement(language) : placeholder(lines, index, language);
    lines.splice(index, 1, ...(instead === null ? [] : [indentOf(line) + instead + (line.endsWith("\r") ? "\r" : "")]));
  }
  return lines.join("\n");
}

/**
 * Without the headers inside of literals; those stay whose value a format puts in,
 * because it would have one value too many.
 */
function withoutPart(lines: readonly string[], index: number, names: string, language: ScriptLanguage): string {
  const line = lines[index] ?? "";
  // Python's f-strings have their values inside, PHP's strings the variables.
  const inside = language === "python" && !/\.format(?:_map)?\b/.test(line) ? "\\{" : "\\{(?=\\$)|[$#@]\\{";
  const field = `(?:${names})\\s?:(?:[^"'\\\\\\n%{]|${inside})*${feed}`;
  const parts = new RegExp(`(${feed})(?:${field})+|(["'])(?:${field})+(?=[A-Za-z])`, "gi");
  return line.replace(parts, (part: string, end: string | undefined, quote: string | undefined, at: number) =>
    writesLiteral(lines, index, at, language) ? (end ?? quote ?? "") : part,
  );
}

/** What may stand before the literal in a statement that writes to the response. */
const heads: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /^[ \t]*(?:print(?:[ \t]*\(|[ \t]+)|(?:sys\.)?stdout\.write\()[ \t]*[rbfuRBFU]{0,2}$/,
  perl: /^[ \t]*(?:print|printf|say)[ \t]*\(?[ \t]*(?:STDOUT[ \t]+)?$/,
  shell: /^[ \t]*(?:echo|printf)[ \t]+(?:-e[ \t]+|--[ \t]+)?$/,
  php: /^[ \t]*(?:@?header[ \t]*\(|(?:echo|print|printf)[ \t]*\(?)[ \t]*$/,
  ruby: /^[ \t]*(?:(?:\$stdout|STDOUT)\.)?(?:puts|print|printf|write)[ \t]*\(?[ \t]*$/,
  node: /^[ \t]*(?:console\.log|process\.stdout\.write)\([ \t]*$/,
  lua: /^[ \t]*(?:print|io\.write|io\.stdout:write)[ \t]*\(?[ \t]*$/,
  tcl: /^[ \t]*puts[ \t]+(?:-nonewline[ \t]+)?(?:stdout[ \t]+)?$/,
};
/** Statements that add a line feed to what they print; header() needs none. */
const endsLine: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /^[ \t]*print\b(?!.*\bend[ \t]*=)/,
  perl: /^[ \t]*say\b/,
  shell: /^[ \t]*echo\b/,
  php: /\bheader\b/,
  ruby: /\bputs\b/,
  node: /\bconsole\b/,
  lua: /^[ \t]*print\b/,
  tcl: /\bputs[ \t](?![ \t]*-nonewline)/,
};

const option = `,[ \\t]*(?:end|flush|file)[ \\t]*=[ \\t]*(?:(["'])(?:${feed})*\\2|[\\w.]+)`;
/** The end of the header's line, then nothing but line feeds and Python's options. */
const onlyFeeds = new RegExp(
  `^(?:${feed})+["'](?:[ \\t]*[.,+]{0,2}[ \\t]*[bB]?(["'])(?:${feed})*\\1)*(?:${option})*[ \\t]*\\)?[ \\t]*$`,
);
const group = String.raw`\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)`;
/** The values of a format: `% x`, `% f(x)`, `% (x, y)`, `.format(…)`. */
const values = new RegExp(String.raw`^[ \t]*(?:%[ \t]*(?:[$\w.]+(?:${group})?|${group})|\.format${group})`);

/**
 * How many line feeds end the header that the statement prints; 0 if it prints anything else, or if that is not sure.
 */
function lineFeedsOf(line: string, { from, to }: Printed, language: ScriptLanguage): number {
  const code = to < 0 ? null : codeOf(line, language)?.replace(/[ \t]*;$/, "");
  const head = line.slice(0, from - 1);
  if (code == null || !heads[language].test(head) || printsElsewhere(code, language)) return 0;
  const behind = code.slice(to + 1);
  const condition = language === "perl" || language === "ruby" ? behind.search(/[ \t](?:if|unless)\b/) : -1;
  const after = line.slice(to + 1, condition < 0 ? code.length : to + 1 + condition);
  if (hasMore(after, behind, head, language)) return 0;
  const printed = line.slice(from, to + 1) + (/printf[ \t(]/.test(head) ? "" : after.replace(values, ""));
  const end = printed.search(new RegExp(feed));
  if (end >= 0 && !onlyFeeds.test(printed.slice(end))) return 0;
  const written = end < 0 ? 0 : (printed.slice(end).match(/\\n/g)?.length ?? 0);
  if (written > 0 && language === "shell" && /\becho[ \t]+$/.test(head)) return 0; // bash prints \n there as it stands
  const added = endsLine[language].test(code) && !(language === "ruby" && written > 0) ? 1 : 0;
  return condition >= 0 && written + added > 1 ? 0 : written + added;
}

/** The arguments hold another header, have an effect of their own, or mean more than output. */
function hasMore(after: string, code: string, head: string, language: ScriptLanguage): boolean {
  if (/["'][A-Za-z-]+[ \t]*:/.test(after) || /\+\+|--|:=|<[$A-Z]/.test(code)) return true;
  if (language === "python") return /\bsep[ \t]*=/.test(code);
  if (/(?<![=!<>~])=(?![=~>])/.test(code)) return true;
  if (language === "ruby" && /\bputs\b/.test(head)) return code.includes(",");
  return language === "php" && /,[ \t]*[^,()]*,/.test(code); // header() with a status
}
