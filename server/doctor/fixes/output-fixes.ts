// Fixes of how a program writes its output: flushed at once, as bytes, as UTF-8, and with Python 3's print.
import { applyEdits, modify } from "jsonc-parser";
import { type Fix, textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { indentOf, insertFirst, linesOf } from "./source.js";

/** The statement that makes the language flush its output. Shells and Node need none. */
const flushing: Partial<Record<ScriptLanguage, string>> = {
  perl: "$| = 1; # flush after each print",
  php: "while (ob_get_level() > 0) ob_end_flush(); ob_implicit_flush(true); // flush after each output",
  ruby: "$stdout.sync = true # flush after each write",
  lua: 'io.stdout:setvbuf("no") -- flush after each write',
  tcl: "fconfigure stdout -buffering none ;# flush after each write",
};

export const flushOutput = textFix("flush-output", "Flush the output after each line", ({ path, text }) => {
  const language = languageOf(path, text);
  if (language === "python") return flushPython(text);
  const statement = language === null ? undefined : flushing[language];
  return language === null || statement === undefined || text.includes(statement.split(" #")[0] ?? statement)
    ? null
    : insertFirst(text, language, statement);
});

/** Makes print flush after each line, and flushes after each direct write. */
function flushPython(text: string): string {
  const written = linesOf(text)
    .map((line) =>
      /^\s*sys\.stdout(\.buffer)?\.write\(.*\)\s*$/.test(line)
        ? `${line.trimEnd()}; sys.stdout.flush()${line.endsWith("\r") ? "\r" : ""}`
        : line,
    )
    .join("\n");
  if (!/\bprint\s*\(/.test(text) || /line_buffering\s*=\s*True/.test(text)) return written;
  const statement = "sys.stdout.reconfigure(line_buffering=True)  # flush after each line";
  return insertFirst(written, "python", importsSys(text) ? statement : `import sys\n${statement}`);
}

const importsSys = (text: string): boolean => /^\s*import\s+([\w.]+\s*,\s*)*sys\b(?!\.)/m.test(text);

/** The statement that switches stdout to binary mode. */
const binary: Partial<Record<ScriptLanguage, string>> = {
  perl: "binmode STDOUT; # write bytes unchanged",
  ruby: "$stdout.binmode # write bytes unchanged",
  tcl: "fconfigure stdout -translation binary ;# write bytes unchanged",
};

export const binaryOutput = textFix("binary-output", "Write the output in binary mode", ({ path, text }) => {
  const language = languageOf(path, text);
  if (language === "python") return binaryPython(text);
  const statement = language === null ? undefined : binary[language];
  if (language === null || statement === undefined) return null;
  if (language === "perl" && /^\s*binmode\s*\(?\s*STDOUT/m.test(text))
    return text.replace(/^(\s*binmode\s*\(?\s*STDOUT)\s*,\s*["'][^"']*["']/m, "$1");
  return text.includes(statement.split(" #")[0] ?? statement) ? null : insertFirst(text, language, statement);
});

/** Writes anything that is not a literal as bytes, after flushing the text before it, and opens files in binary mode. */
function binaryPython(text: string): string {
  const written = linesOf(text)
    .map((line) => {
      const match = /^(\s*)(?:print\((.*?)(?:,\s*end\s*=\s*["']{2})?\)|sys\.stdout\.write\((.*)\))(\r?)$/.exec(line);
      const value = match?.[2] ?? match?.[3];
      const opened = line
        .replace(/\bopen\(([^(),]+)\)/, 'open($1, "rb")')
        .replace(/\bopen\(([^(),]+),\s*["']r["']/, 'open($1, "rb"');
      if (
        !match ||
        value === undefined ||
        value.trim() === "" ||
        /^[rbfu]{0,2}["']/i.test(value.trim()) ||
        !/read|data|bytes|image|\bb["']/.test(value)
      )
        return /\.read\(/.test(line) ? opened : line;
      const bytes = value
        .replace(/\bopen\(([^(),]+)\)/, 'open($1, "rb")')
        .replace(/\bopen\(([^(),]+),\s*["']r["']/, 'open($1, "rb"');
      return `${match[1]}sys.stdout.flush(); sys.stdout.buffer.write(${bytes})${match[4]}`;
    })
    .join("\n");
  return written.includes("sys.stdout.") && !importsSys(written)
    ? insertFirst(written, "python", "import sys")
    : written;
}

/** Environment variables that set the encoding: servers set no locale. */
const encodings: Partial<Record<ScriptLanguage, Readonly<Record<string, string>>>> = {
  python: { PYTHONIOENCODING: "utf-8", PYTHONUTF8: "1" },
};
const anyEncoding = { LC_ALL: "C.UTF-8" };

export const setEncodingEnvironment: Fix = {
  id: "set-encoding-environment",
  title: "Set UTF-8 in the script's environment (cgi-workbench.json)",
  change: ({ path, text, config }) => {
    const language = languageOf(path, text);
    if (language === null) return null;
    let changed = config.trim() === "" ? "{}\n" : config;
    const formattingOptions = { tabSize: 2, insertSpaces: true, eol: "\n" };
    for (const [name, value] of Object.entries(encodings[language] ?? anyEncoding))
      changed = applyEdits(
        changed,
        modify(changed, ["scripts", path, "variables", name], value, { formattingOptions }),
      );
    return changed === config ? null : { config: changed };
  },
};

export const printFunction = textFix("print-function", "Convert print statements to print(…)", ({ path, text }) => {
  if (languageOf(path, text) !== "python") return null;
  /** An open multi-line string: its quotes, and what closes the call at its end. */
  let open: { readonly quotes: string; readonly tail: string } | null = null;
  return linesOf(text)
    .map((line) => {
      if (open !== null) {
        const at = line.indexOf(open.quotes);
        if (at < 0) return line;
        const { tail, quotes } = open;
        open = null;
        return `${line.slice(0, at + quotes.length)}${line.slice(at + quotes.length).replace(/\s*$/, "")}${tail}${/\s*$/.exec(line)?.[0] ?? ""}`;
      }
      const match =
        /^(\s*(?:(?:if|elif|for|while|else|try|except|with)\b[^#"']*:\s*)?)print(?:\s+(?![(=])([^\r]*?)|\s*)(\s*)$/.exec(
          line,
        );
      if (!match || /^\s*#/.test(line)) return line;
      const [, before = indentOf(line), printed = "", rest = ""] = match;
      const file = /^>>\s*([\w.]+)\s*,\s*(.*)$/.exec(printed);
      const value = file ? (file[2] ?? "") : printed;
      const ends = /,\s*$/.test(value);
      const options = `${file ? `, file=${file[1]}` : ""}${ends ? ', end=" "' : ""}`;
      const quotes = ['"""', "'''"].find((mark) => value.split(mark).length % 2 === 0);
      if (quotes !== undefined) {
        open = { quotes, tail: `${options})` };
        return `${before}print(${value}${rest}`;
      }
      return `${before}print(${value.replace(/,\s*$/, "")}${value === "" ? options.replace(/^, /, "") : options})${rest}`;
    })
    .join("\n");
});
