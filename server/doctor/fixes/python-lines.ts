// The logical lines of a Python source, 2 or 3, as Python's tokenizer finds them: strings, comments, brackets,
// continued lines and `;`. By these positions fixes never change a text, and never
// cut a call that goes over several lines.
import { byteOrderMark } from "./language.js";

export interface PythonToken {
  readonly kind: "name" | "number" | "string" | "sign";
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** How many brackets are open around it; both brackets of a pair have the depth outside of the pair. */
  readonly depth: number;
}

/** Never empty, without its comment and its `;`. In `if a: b` both `if a:` and `b` are statements. */
export type PythonStatement = readonly [PythonToken, ...PythonToken[]];

interface PythonLine {
  /** Behind its line feed. */
  readonly end: number;
  readonly statements: readonly PythonStatement[];
}

const skipped = /(?:[ \t\f]|\\\r?\n|#[^\n]*)+/y;
const lineFeed = /\r?\n/y;
const stringStart = /(?:[rbuft]|[bu]r|r[bft]|[ft]r)?("""|'''|"|')/iy;
// Bytes above 7F are letters in the encodings that Python reads.
const name = /[A-Za-z_\x80-\xff][\w\x80-\xff]*/y;
const number = /\.?\d[\w.]*/y;
const sign = /:=|->|<>|(?:\*\*|\/\/|>>|<<|[-+*/%@&|^<>=!])=|\*\*|\/\/|>>|<<|[^"'\\]/y;
const brackets: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** What the expression matches at exactly this position; empty if nothing. */
function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? "";
}

/** Null if a string or a bracket is not closed, or Python versions differ about that: no change is safe then. */
function pythonLines(text: string): PythonLine[] | null {
  if (/\r(?!\n)|\0/.test(text)) return null;
  const lines: PythonLine[] = [];
  let tokens: PythonToken[] = [];
  const open: string[] = [];
  for (let at = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0; at < text.length; ) {
    at += matchAt(skipped, text, at).length;
    const feed = matchAt(lineFeed, text, at);
    at += feed.length;
    if (feed !== "" && open.length === 0 && tokens.length > 0) {
      lines.push({ end: at, statements: split(tokens) });
      tokens = [];
    }
    if (feed !== "" || at >= text.length) continue;
    const read = tokenAt(text, at);
    if (read === null) return null;
    if (read.kind === "sign" && /[)\]}]/.test(read.text) && open.pop() !== read.text) return null;
    tokens.push({ ...read, from: at, to: at + read.text.length, depth: open.length });
    const closing = read.kind === "sign" ? brackets[read.text] : undefined;
    if (closing !== undefined) open.push(closing);
    at += read.text.length;
  }
  if (open.length > 0) return null;
  return tokens.length > 0 ? [...lines, { end: text.length, statements: split(tokens) }] : lines;
}

/** All statements of a text, in order; null as in `pythonLines`. */
export const pythonStatements = (text: string): PythonStatement[] | null =>
  pythonLines(text)?.flatMap(({ statements }) => statements) ?? null;

function tokenAt(text: string, at: number): Pick<PythonToken, "kind" | "text"> | null {
  const start = matchAt(stringStart, text, at);
  if (start !== "") {
    const literal = stringAt(text, at, start);
    return literal === null ? null : { kind: "string", text: literal };
  }
  for (const [kind, pattern] of [["name", name] as const, ["number", number] as const, ["sign", sign] as const]) {
    const found = matchAt(pattern, text, at);
    if (found !== "") return { kind, text: found };
  }
  return null;
}

function stringAt(text: string, from: number, start: string): string | null {
  const quotes = start.replace(/^[a-z]+/i, "");
  for (let at = from + start.length; at < text.length; at++) {
    if (text[at] === "\\") at += text.startsWith("\r\n", at + 1) ? 2 : 1;
    else if (text.startsWith(quotes, at)) {
      const literal = text.slice(from, at + quotes.length);
      return /^r?[ft]/i.test(start) && !closesBraces(literal) ? null : literal;
    } else if (text[at] === "\n" && quotes.length === 1) return null;
  }
  return null;
}

/** Since Python 3.12 the quotes of an f-string may occur again between its braces. Older ones end there. */
function closesBraces(literal: string): boolean {
  const single = literal.replace(/\{\{|\}\}/g, "");
  return single.split("{").length <= single.split("}").length;
}

/** Statements that may have another one after their colon, on the same line. */
const compound = new Set("if elif else while for try except finally with def class async".split(" "));

function split(tokens: readonly PythonToken[]): PythonStatement[] {
  const statements: PythonStatement[] = [];
  let current: PythonToken[] = [];
  let lambdas = 0;
  const end = (): void => {
    const [first, ...rest] = current;
    if (first !== undefined) statements.push([first, ...rest]);
    current = [];
  };
  for (const token of tokens) {
    const isOutside = token.depth === 0;
    if (isOutside && token.text === ";") {
      end();
      continue;
    }
    current.push(token);
    if (isOutside && token.text === "lambda") lambdas++;
    if (!isOutside || token.text !== ":") continue;
    if (lambdas > 0) lambdas--;
    else if (compound.has(current[0]?.text ?? "")) end();
  }
  end();
  return statements;
}

/** The tokens between the brackets, if the statement is one call of `name` and nothing else. */
export function argumentsOf(statement: PythonStatement, name: string): readonly PythonToken[] | null {
  const open = statement.findIndex(({ text }) => text === "(");
  const close = statement.findIndex(({ text, depth }) => text === ")" && depth === 0);
  const isCall = open >= 0 && close === statement.length - 1 && codeOf(statement.slice(0, open)) === name;
  return isCall ? statement.slice(open + 1, close) : null;
}

/** The tokens without the space between them. */
export const codeOf = (tokens: readonly PythonToken[]): string => tokens.map(({ text }) => text).join("");

/** The lines before the first one that has an effect: docstring and imports. */
function firstLines(lines: readonly PythonLine[]): readonly PythonLine[] {
  const end = lines.findIndex(
    ({ statements }) =>
      !statements.every(
        (statement) => /^(?:import|from)$/.test(statement[0].text) || statement.every(({ kind }) => kind === "string"),
      ) && !codeOf(statements[0] ?? []).startsWith("from__future__import"), // nothing may precede it
  );
  return end < 0 ? lines : lines.slice(0, end);
}

/** The position after docstring, imports and the comments after them; null as in `pythonLines`. */
export function endOfImports(text: string): number | null {
  const lines = pythonLines(text);
  if (lines === null) return null;
  const end = firstLines(lines).at(-1)?.end ?? 0;
  return end + matchAt(/(?:(?:[ \t\f]*\r?\n)*[ \t\f]*#[^\n]*(?:\n|$))*/y, text, end).length;
}

/** Whether the imports before `endOfImports` give the module under its own name. */
export const importsFirst = (text: string, module: string): boolean =>
  firstLines(pythonLines(text) ?? []).some(({ statements }) =>
    statements.some(
      (statement) =>
        statement[0].text === "import" &&
        statement.some(
          ({ text: item }, index) =>
            item === module &&
            /^(?:import|,)$/.test(statement[index - 1]?.text ?? "") &&
            /^,?$/.test(statement[index + 1]?.text ?? ""),
        ),
    ),
  );
