// Fixes of the headers that a program prints: the blank line after them, Content-Type, charset, Status, and headers that only the
// server may set.
import { encodingOf } from "../../protocol/encoding/browser-charset.js";
import { type Fix, textFix } from "./fix.js";
import { languageOf, type ScriptLanguage, withoutMark } from "./language.js";
import {
  blankLineStatement,
  endsLine,
  indentOf,
  insertFirst,
  isBareField,
  lineEnd,
  lineFeedsAfter,
  linesOf,
  printedFields,
  readsEscapes,
  splice,
} from "./source.js";

export const addEmptyLine = textFix("add-empty-line", "Print a blank line after the headers", ({ path, text }) => {
  const language = languageOf(path, text);
  if (language === null || language === "php") return null; // php-cgi writes the headers itself
  const lines = linesOf(text);
  const literals = printedFields(lines, language).filter(({ to }) => to >= 0);
  if (literals.length === 0) return inTextOfLines(lines);
  const isField = new Set(literals.map(({ index }) => index));
  const missing = literals.findLast((literal) => {
    const own = lines[literal.index] ?? "";
    const next = lines.findIndex((line, index) => index > literal.index && line.trim() !== "");
    return (
      !isField.has(next) &&
      !printsBlankLine(lines[next] ?? "") &&
      lineFeedsAfter(own, literal) < (endsLine(own, language) ? 1 : 2)
    );
  });
  if (missing === undefined) return null;
  const line = lines[missing.index] ?? "";
  const lacking = (endsLine(line, language) ? 1 : 2) - lineFeedsAfter(line, missing);
  if (readsEscapes(line, missing, language))
    return lines.with(missing.index, splice(line, missing.to, missing.to, "\\n".repeat(lacking))).join("\n");
  const added = Array<string>(lacking).fill(indentOf(line) + blankLineStatement(language) + lineEnd(text));
  return lines.toSpliced(missing.index + 1, 0, ...added).join("\n");
});

/** A statement that only prints a blank line. */
const printsBlankLine = (line: string): boolean =>
  /^\s*(print\s*(\(\s*(""|'')?\s*\))?|(print|say|puts|echo|printf)\s+(""|''|"(\\r)?\\n"|'\\n')\s*;?|(echo|puts)|console\.log\(\s*(""|'')?\s*\)\s*;?)\s*$/.test(
    line,
  );

/** Headers in a multi-line string: adds a blank line after the last one. */
function inTextOfLines(lines: readonly string[]): string | null {
  const last = lines.findLastIndex((line, index) => isBareField(line) && !isBareField(lines[index + 1] ?? ""));
  const next = lines[last + 1];
  return last < 0 || next === undefined || next.trim() === ""
    ? null
    : lines.toSpliced(last + 1, 0, lineEnd(lines.join("\n"))).join("\n");
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
  return insertFirst(text, language, headers[language](`Content-Type: ${type}; charset=utf-8`, hasFields ? "" : "\\n"));
});

/** Charsets that old scripts declare although their output is UTF-8 now. */
const olderCharset =
  /(content-type\s*:[^"'\n]*charset\s*=\s*)\\?["']?(iso-8859-\d+|latin-?\d|windows-125\d|us-ascii|ascii)\b/gi;
const noCharset = /(content-type\s*:\s*text\/[\w.+-]+)(?=\s*(?:\\[rn]|["']|\r?\n|\r?$))/gi;

const anyCharset = /(content-type\s*:[^"'\n]*charset\s*=\s*)\\?["']?([\w.:-]+)/gi;
const inPage = /(<meta\s[^>]*?charset\s*=\s*\\?["']?)([\w.:-]+)/gi;

export const declareCharset = textFix(
  "declare-charset",
  "Declare charset=utf-8 wherever the script declares an encoding",
  ({ text }) =>
    text
      .replace(olderCharset, "$1utf-8")
      .replace(anyCharset, (whole, before: string, name: string) =>
        encodingOf(name) === null ? `${before}utf-8` : whole,
      )
      .replace(noCharset, "$1; charset=utf-8")
      .replace(inPage, (whole, before: string, name: string) =>
        encodingOf(name) === "utf-8" ? whole : `${before}utf-8`,
      ),
);

export const useStatusField = textFix("use-status-field", "Replace the status line by Status: …", ({ text }) =>
  text.replace(/(["'])HTTP\/\d(?:\.\d)?[ \t]+(?=\d{3}\b)/g, "$1Status: "),
);

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

/** Removes the headers from literals that have other headers too, and removes statements that print nothing else. */
function withoutField(text: string, names: string, language: ScriptLanguage | null): string | null {
  if (language === null) return null;
  const feed = "(?:\\\\r)?\\\\n";
  const among = text
    .replace(new RegExp(`(${feed})(?:${names})\\s?:[^"'\\\\\\n]*(?=${feed})(?:${feed})`, "gi"), "$1")
    .replace(new RegExp(`(["'])(?:${names})\\s?:[^"'\\\\\\n]*${feed}(?=[A-Za-z])`, "gi"), "$1");
  const lines = linesOf(among);
  const ours = new RegExp(`^(${names})\\s?:`, "i");
  const kept: string[] = [];
  const own = new Map(printedFields(lines, language).map((literal) => [literal.index, literal]));
  lines.forEach((line, index) => {
    const literal = own.get(index);
    const hasOnlyThat =
      literal !== undefined ? ours.test(line.slice(literal.from)) : ours.test(line.trim()) && isBareField(line);
    if (!hasOnlyThat) kept.push(line);
    else if (literal !== undefined && lineFeedsAfter(line, literal) >= (endsLine(line, language) ? 1 : 2))
      kept.push(indentOf(line) + blankLineStatement(language) + lineEnd(text));
  });
  return kept.join("\n");
}

/** How each language counts characters, and what to replace it by to count bytes. */
const counts: Partial<Record<ScriptLanguage, readonly [RegExp, string]>> = {
  python: [/\blen\((?![^()]*\bencode\b)([\w.[\]"']+)\)/g, "len($1.encode())"],
  ruby: [/\.(?:length|size)\b/g, ".bytesize"],
  node: [/\b([\w.]+)\.length\b/g, "Buffer.byteLength($1)"],
  php: [/\b(?:mb_strlen|iconv_strlen)\(\s*(\$\w+)[^()]*\)/g, "strlen($1)"],
  perl: [/\blength\s*\(?\s*(\$\w+)\s*\)?/g, 'do { require Encode; length(Encode::encode("UTF-8", $1)) }'],
  shell: [/\$\{#(\w+)\}/g, '$(printf %s "$$$1" | wc -c | tr -d " ")'],
  tcl: [/\[string length (\$\w+)\]/g, "[string length [encoding convertto utf-8 $1]]"],
};

/** A line that prints the length, or assigns it to a variable named after it. */
const countsHere = /content-?_?length|\b(?:length|size)\s*=(?!=)/i;

export const contentLengthInBytes: Fix = textFix(
  "content-length-in-bytes",
  "Count Content-Length in bytes",
  ({ path, text }) => {
    const language = languageOf(path, withoutMark(text));
    const count = language === null ? undefined : counts[language];
    if (count === undefined || !/content-length/i.test(text)) return null;
    return linesOf(text)
      .map((line) => (countsHere.test(line) ? line.replace(count[0], count[1]) : line))
      .join("\n");
  },
);
