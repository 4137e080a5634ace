// A masked text, cut into statements.
import { grammars, type ScannedLanguage, type SinkKind } from "./grammar.js";
import { hidden, mask } from "./mask.js";
import type { OwnFunction, Source } from "./own-function.js";

export interface Statement {
  /** The text itself, and the same without its words: see `mask`. */
  readonly raw: string;
  readonly code: string;
  readonly quoted: Uint8Array;
  /** The offset of its first character in the source. */
  readonly from: number;
  readonly startsLine: boolean;
  /** The script's own functions that it names. */
  readonly calls: readonly OwnFunction[];
}

/** A place in a statement where client data stands. */
export interface Use {
  readonly from: number;
  readonly to: number;
  readonly source: Source;
  /** Null: the request itself. */
  readonly name: string | null;
  /** What is tested where this is tested. */
  readonly id: string;
  readonly isPart: boolean;
}

/** Perl's `open` with two arguments, meant for a file, takes a command as well; objects are made of a text. */
export type How = "open" | "objects" | null;

/** Where client data goes that must not. */
export interface Reached {
  readonly kind: SinkKind;
  readonly at: number;
  readonly use: Use;
  readonly how?: How;
}

/** Each match of a pattern in a part of a statement, with its place; none in a comment or the words of a string. */
export function* placesOf(
  form: RegExp | undefined,
  { raw, code }: Statement,
  from = 0,
  to = raw.length,
): Generator<readonly [number, RegExpExecArray]> {
  for (const match of form ? raw.slice(from, to).matchAll(form) : [])
    if (code[from + match.index] !== hidden) yield [from + match.index, match];
}

/** Longer ones are data, not written by a person. */
const maxLength = 4000;

export function statements(text: string, language: ScannedLanguage): Statement[] {
  const { code, quoted } = mask(text, grammars[language]);
  const found: Statement[] = [];
  let from = 0;
  let depth = 0;
  const end = (to: number): void => {
    if (to - from <= maxLength && /\w/.test(code.slice(from, to)))
      found.push({
        raw: text.slice(from, to),
        code: code.slice(from, to),
        quoted: quoted.subarray(from, to),
        from,
        startsLine: text[from - 1] === "\n",
        calls: [],
      });
    from = to + 1;
    depth = 0;
  };
  for (let at = 0; at < text.length; at++) {
    if (quoted[at] === 1) continue;
    const char = code[at] ?? "";
    if (language !== "shell") {
      if (char === "(" || char === "[") depth++;
      if (char === ")" || char === "]") depth--;
    }
    const isLong = at - from > maxLength;
    if (char === ";" && (depth <= 0 || isLong)) end(at);
    else if (char === "\n" && (isLong || endsAt(code, from, at, depth, language))) end(at);
  }
  end(text.length);
  return found;
}

/** Whether a statement that began at `from` ends with the line that ends at `at`. */
function endsAt(code: string, from: number, at: number, depth: number, language: ScannedLanguage): boolean {
  if (code[at - 1] === "\\") return false;
  if (language === "shell") return !/(?:\||&&)[ \t]*$/.test(code.slice(from, at));
  let last = at - 1;
  while (last >= from && [" ", "\t", "\r", hidden].includes(code[last] ?? "")) last--;
  if (last < from || "{};".includes(code[last] ?? "")) return true;
  if (grammars[language].semicolons || depth > 0) return false;
  return language === "python" || !/[,+.=&|:]$|(?<!\w)\?$/.test(code.slice(last - 1, last + 1));
}
