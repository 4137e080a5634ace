// Fixes of the headers that a program prints: Content-Type and Status.
import { textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { isPrintStatement, mayRunInPython2 } from "./print-function.js";
import { importsFirst, pythonStatements } from "./python-lines.js";
import { insertFirst, linesOf, printedFields } from "./source.js";
import { writesLiteral } from "./statements.js";

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
  return insertFirst(
    text,
    language,
    (language === "python" ? inOlderPython(text, field, end) : null) ?? headers[language](field, end),
  );
});

/** Null: any Python 3 runs the script. */
function inOlderPython(text: string, field: string, end: string): string | null {
  const statements = pythonStatements(text) ?? [];
  if (statements.some(isPrintStatement)) return `print "${field}${end}"`;
  if (!mayRunInPython2(text, statements)) return null;
  const statement = `sys.stdout.write("${field}\\n${end}"); sys.stdout.flush()`;
  return importsFirst(text, "sys") ? statement : `import sys\n${statement}`;
}

export const useStatusField = textFix("use-status-field", "Replace the status line by Status: …", ({ path, text }) => {
  const language = languageOf(path, text);
  if (language === null) return null;
  const lines = linesOf(text);
  const statusLine = /(["'])HTTP\/\d(?:\.\d)?[ \t]+(?=\d{3}\b)/g;
  return lines
    .map((line, index) =>
      line.replace(statusLine, (found: string, quote: string, at: number) =>
        writesLiteral(lines, index, at, language) ? `${quote}Status: ` : found,
      ),
    )
    .join("\n");
});
