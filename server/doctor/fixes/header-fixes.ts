// Fixes of the headers that a program prints: the blank line after them, Content-Type, and Status.
import { textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { isPrintStatement } from "./print-function.js";
import { pythonStatements } from "./python-lines.js";
import {
  blankLineStatement,
  endsLine,
  indentOf,
  insertFirst,
  isBareField,
  lineEnd,
  lineFeedsAfter,
  linesOf,
  type Printed,
  printedFields,
  readsEscapes,
  splice,
} from "./source.js";
import { codeOf, isWholeStatement, printsElsewhere, printsHere, quoteAt, statementAt } from "./statements.js";

export const addEmptyLine = textFix("add-empty-line", "Print a blank line after the headers", ({ path, text }) => {
  const language = languageOf(path, text);
  if (language === null || language === "php") return null; // php-cgi writes the headers itself
  const lines = linesOf(text);
  const literals = printedFields(lines, language).filter(({ index, from, to }) => {
    const line = lines[index] ?? "";
    const isString = to >= 0 && quoteAt(line, from - 1, language) === null;
    return isString && !printsElsewhere(statementAt(line, from, language), language);
  });
  if (literals.length === 0) return inTextOfLines(lines, language);
  const missing = openHead(lines, literals, language);
  if (missing === null) return null;
  const line = lines[missing.index] ?? "";
  const lacking = (endsLine(line, language) ? 1 : 2) - lineFeedsAfter(line, missing);
  if (readsEscapes(line, missing, language) && endsField(line, missing))
    return lines.with(missing.index, splice(line, missing.to, missing.to, "\\n".repeat(lacking))).join("\n");
  if (!isWholeStatement(lines, missing.index, language)) return null;
  const blank = language === "python" ? 'print("")' : blankLineStatement(language); // Python 2 prints "()" for print()
  const added = Array<string>(lacking).fill(indentOf(line) + blank + lineEnd(text));
  return lines.toSpliced(missing.index + 1, 0, ...added).join("\n");
});

/** The last header of the first run of headers that no blank line ends before other output begins. */
function openHead(lines: readonly string[], literals: readonly Printed[], language: ScriptLanguage): Printed | null {
  const own = new Map(literals.map((literal) => [literal.index, literal]));
  let last: Printed | null = null;
  for (const [index, line] of lines.entries()) {
    const literal = own.get(index);
    const next = lines[index + 1] ?? "";
    if (literal && otherFeeds.test(line)) last = null;
    else if (literal) last = lineFeedsAfter(line, literal) < (endsLine(line, language) ? 1 : 2) ? literal : null;
    else if (last === null) continue;
    else if (printsBlankLine(line) || beginsWithFeed.test(line)) last = null;
    else if (!printsHere(line, language)) continue;
    // A text of several lines, or a function for headers, may print more headers, or the blank line.
    else if (isBareField(line) || /\bheaders?\b/i.test(codeOf(line, language) ?? "")) return null;
    else if (opensText(line, language) && isBareField(next)) return null;
    else if (opensText(line, language) && next.trim() === "") last = null;
    else return last;
  }
  return last;
}

/** Line feeds that are not counted. */
const otherFeeds = /\\x0a|\\0?12|crlf|\beol\b/i;

const opensText = (line: string, language: ScriptLanguage): boolean =>
  line.includes("<<") || codeOf(line, language) === null;

/** The value ends where the literal ends, or is put in by a format. */
function endsField(line: string, { from, to }: Printed): boolean {
  const goesOn = /^[ \t]*(?:\.(?!format\b)|\+|,(?![ \t]*(?:end|flush|file)[ \t]*=))(?!\.?[ \t]*[brf]?["'](?:\\r)?\\n)/;
  return !goesOn.test(line.slice(to + 1)) || /%[-\d]*[sdiu]/.test(line.slice(from, to));
}

/** A string that begins with a line feed, printed or continuing a statement. */
const beginsWithFeed =
  /^[ \t.,+(]*(?:[\w.:$]*(?:print|printf|say|puts|echo|write|log)\b[ \t(]*(?:-e[ \t]+)?)?[brf]*["'](?:\\r)?\\n/;

/** A statement that only prints a blank line. */
const printsBlankLine = (line: string): boolean =>
  /^\s*(print\s*(\(\s*(""|'')?\s*\))?|(print|say|puts|echo|printf)\s+(""|''|"(\\r)?\\n"|'\\n')\s*;?|(echo|puts)|console\.log\(\s*(""|'')?\s*\)\s*;?)\s*$/.test(
    line,
  );

/** Headers in a multi-line string: adds a blank line after the first ones that lack it. */
function inTextOfLines(lines: readonly string[], language: ScriptLanguage): string | null {
  let isResponse = false;
  let opening = "";
  for (const [index, line] of lines.entries()) {
    if (/<<|\b(?:print|echo|puts|cat|write)\b/.test(line)) opening = line;
    if (!isBareField(line) || printsElsewhere(opening, language)) continue;
    isResponse ||= /\b(?:content-type|location|status)[ \t]?:/i.test(line);
    const next = lines[index + 1];
    if (next === undefined || isBareField(next)) continue;
    if (isResponse && next.trim() !== "") return lines.toSpliced(index + 1, 0, lineEnd(lines.join("\n"))).join("\n");
    isResponse = false;
  }
  return null;
}

/** Statements that print a header; `end`: also the line break that ends the headers, if no other header follows. */
const headers: Readonly<Record<ScriptLanguage, (field: string, end: "\\n" | "") => string>> = {
  python: (field, end) => `print("${field}${end}", flush=True)`,
  perl: (field, end) => `print "${field}\\n${end}";`,
  shell: (field, end) => `printf '${field}\\n${end}'`,
  php: (field) => `header("${field}");`,
  ruby: (field, end) => `print "${field}\\n${end}"`,
  node: (field, end) => `process.stdout.write("${field}\\n${end}");`,
  lua: (field, end) => `io.write("${field}\\n${end}")`,
  tcl: (field, end) => `puts "${field}${end}"`,
};

export const addContentType = textFix("add-content-type", "Print Content-Type first", ({ path, text }) => {
  const language = languageOf(path, text);
  if (language === null || /content-type\s*:/i.test(text)) return null;
  const type = /<(!doctype|html|body|h1|p|table|ul|form)\b/i.test(text) ? "text/html" : "text/plain";
  const hasFields = printedFields(linesOf(text), language).length > 0;
  const field = `Content-Type: ${type}; charset=utf-8`;
  const end = hasFields ? "" : "\\n";
  const isPython2 = language === "python" && pythonStatements(text)?.some(isPrintStatement) === true;
  return insertFirst(text, language, isPython2 ? `print "${field}${end}"` : headers[language](field, end));
});

export const useStatusField = textFix("use-status-field", "Replace the status line by Status: …", ({ text }) =>
  text.replace(/(["'])HTTP\/\d(?:\.\d)?[ \t]+(?=\d{3}\b)/g, "$1Status: "),
);
