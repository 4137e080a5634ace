// Fixes of how a program writes its output: flushed at once, as bytes, as UTF-8, and with Python 3's print.
import { withScriptVariables } from "../../workspace/config/edit-config.js";
import { type Fix, textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { hasOlderStreams } from "./print-function.js";
import {
  argumentsOf,
  codeOf,
  importsFirst,
  type PythonStatement,
  type PythonToken,
  pythonStatements,
} from "./python-lines.js";
import { type Edit, insertFirst, withEdits } from "./source.js";

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
function flushPython(text: string): string | null {
  const statements = pythonStatements(text);
  if (statements === null) return null;
  const isWrite = (statement: PythonStatement): boolean =>
    ["sys.stdout.write", "sys.stdout.buffer.write"].some((name) => argumentsOf(statement, name) !== null);
  const written = withEdits(
    text,
    statements.flatMap((statement, index) => {
      const to = statement.at(-1)?.to ?? 0;
      const isFlushed = codeOf(statements[index + 1] ?? []).startsWith("sys.stdout.flush");
      return isWrite(statement) && !isFlushed ? [{ from: to, to, text: "; sys.stdout.flush()" }] : [];
    }),
  );
  const needsReconfigure = /\bprint\s*\(/.test(text) && !/line_buffering\s*=\s*True/.test(text);
  if (!needsReconfigure || hasOlderStreams(text, statements)) return written;
  const statement = "sys.stdout.reconfigure(line_buffering=True)  # flush after each line";
  return insertFirst(written, "python", importsFirst(text, "sys") ? statement : `import sys\n${statement}`);
}

const inDoubleQuotes: readonly [RegExp, string] = [/'([A-Za-z][\w-]*:[^'"$@#\n]*\\n[^'"$@#\n]*)'/g, '"$1"'];

/** Where a header's text has `\n` and the language does not read it, and what reads it. */
const unread: Partial<Record<ScriptLanguage, readonly [RegExp, string]>> = {
  shell: [/(?<![\w-])echo(?=[ \t]+(["'])[A-Za-z][\w-]*:[^"'\n]*\\n)/g, "printf '%b\\n'"],
  python: [/\b[rR](?=(["'])[A-Za-z][\w-]*:[^"'\n]*\\n)/g, ""],
  perl: inDoubleQuotes,
  php: inDoubleQuotes,
  ruby: inDoubleQuotes,
};

export const writeLineEnds = textFix("write-line-ends", "Write line ends in the header", ({ path, text }) => {
  const [pattern, instead] = unread[languageOf(path, text) ?? "tcl"] ?? [];
  const changed = pattern && instead !== undefined ? text.replace(pattern, instead) : text;
  return changed === text ? null : changed;
});

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
  if (language === "perl" && /^[ \t]*binmode\s*\(?\s*STDOUT/m.test(text))
    return text.replace(/^([ \t]*binmode\s*\(?\s*STDOUT)\s*,\s*["'][^"']*["']/m, "$1");
  return text.includes(statement.split(" #")[0] ?? statement) ? null : insertFirst(text, language, statement);
});

/** Writes as bytes what is surely bytes or the contents of a file, after flushing the text before it. */
function binaryPython(text: string): string | null {
  const statements = pythonStatements(text);
  if (statements === null || hasOlderStreams(text, statements)) return null;
  const edits = new Map<number, Edit>();
  for (const statement of statements) {
    const value = writtenValue(statement);
    const first = value[0];
    const opening = first === undefined ? null : (asBytes(value) ?? asBytesEverywhere(value, statements));
    if (first === undefined || opening === null) continue;
    const changes = [
      { from: statement[0].from, to: first.from, text: "sys.stdout.flush(); sys.stdout.buffer.write(" },
      ...opening,
      { from: value.at(-1)?.to ?? first.to, to: statement.at(-1)?.to ?? first.to, text: ")" },
    ];
    for (const edit of changes) edits.set(edit.from, edit);
  }
  if (edits.size === 0) return null;
  const written = withEdits(
    text,
    [...edits.values()].sort((a, b) => a.from - b.from),
  );
  return importsFirst(text, "sys") ? written : insertFirst(written, "python", "import sys");
}

/** The one value that a statement writes to stdout, with no other option than `end=""`; empty otherwise. */
function writtenValue(statement: PythonStatement): readonly PythonToken[] {
  const printed = argumentsOf(statement, "print");
  const value = printed ?? argumentsOf(statement, "sys.stdout.write") ?? [];
  const hasEnd = printed !== null && /^,end=(?:""|''),?$/.test(codeOf(value.slice(-4)));
  const alone = hasEnd ? value.slice(0, -4) : value;
  return alone.some(({ depth, text }) => depth === 1 && /^[,=]$/.test(text)) ? [] : alone;
}

const isWord = ({ kind, text }: PythonToken): boolean =>
  kind === "name" && /^(?:and|or|not|in|is|if|else|for|lambda|await)$/.test(text);

/** The edits that make the value bytes: none if it is, another mode for `open(…).read()`. Null if it may be a text. */
function asBytes(value: readonly PythonToken[]): readonly Edit[] | null {
  const outer = value.filter(({ depth }) => depth === value[0]?.depth);
  const shape = codeOf(outer);
  if (outer.some(isWord)) return null;
  if (/^(?:bytes|bytearray|base64\.b64decode|sys\.stdin\.buffer\.read)\(\)$/.test(shape)) return [];
  if (/^b["'][^"']*["']$/i.test(shape)) return [];
  const isEncoded = /\.encode\((?:["'][\w-]+["'])?\)$/.test(codeOf(value)) && /^[^-+*/%@&|^<>=!,:]*$/.test(shape);
  return isEncoded ? [] : openedAsBytes(value, shape);
}

function openedAsBytes(value: readonly PythonToken[], shape: string): readonly Edit[] | null {
  const close = value.find(({ text, depth }) => text === ")" && depth === value[0]?.depth);
  if (shape !== "open().read()" || close === undefined) return null;
  const names = value.slice(2, value.indexOf(close));
  const separators = names.filter(({ text, depth }) => depth === close.depth + 1 && /^(?:[,=]|\*\*?)$/.test(text));
  if (separators.length === 0) return names.length > 0 ? [{ from: close.from, to: close.from, text: ', "rb"' }] : null;
  const [mode] = names.slice(-1);
  const isMode = mode !== undefined && separators.length === 1 && names.at(-2) === separators[0];
  if (!isMode || separators[0]?.text !== "," || !/^(["'])rb?\1$/.test(mode.text)) return null;
  return /b/.test(mode.text) ? [] : [{ from: mode.from, to: mode.to, text: '"rb"' }];
}

/** For a variable: every value that it gets is bytes then, and the script only writes it or takes its length. */
function asBytesEverywhere(value: readonly PythonToken[], statements: readonly PythonStatement[]): Edit[] | null {
  const [variable, ...others] = value;
  if (variable?.kind !== "name" || others.length > 0) return null;
  const name = variable.text;
  const edits: Edit[] = [];
  let isAssigned = false;
  for (const statement of statements) {
    const isTarget = statement[0].text === name && statement[1]?.text === "=";
    const assigned = isTarget ? asBytes(statement.slice(2)) : [];
    const isWritten = codeOf(writtenValue(statement)) === name;
    if (assigned === null || (!isWritten && uses(statement.slice(isTarget ? 2 : 0), name))) return null;
    edits.push(...assigned);
    isAssigned ||= isTarget;
  }
  return isAssigned ? edits : null;
}

/** Whether the variable occurs otherwise than in `len(name)`; also in a string, which may be a format. */
const uses = (tokens: readonly PythonToken[], name: string): boolean =>
  tokens.some(({ kind, text }, index) =>
    kind === "string"
      ? /^r?[ft]/i.test(text) && new RegExp(`\\b${name}\\b`).test(text)
      : text === name &&
        tokens[index - 1]?.text !== "." &&
        codeOf(tokens.slice(Math.max(0, index - 2), index + 2)) !== `len(${name})`,
  );

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
    if (language === null || config === null) return null;
    const changed = withScriptVariables(config, path, encodings[language] ?? anyEncoding);
    return changed === config ? null : { config: changed };
  },
};
