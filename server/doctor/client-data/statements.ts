// A masked text, cut into statements.
import type { Grammar, ScannedLanguage } from "./grammar.js";
import { hidden, type Masked, mask } from "./mask.js";

export interface Statement {
  /** The text itself, and the same without its words: see `mask`. */
  readonly raw: string;
  readonly code: string;
  readonly quoted: Uint8Array;
  /** The offset of its first character in the source. */
  readonly from: number;
}

export interface Source {
  /** A variable of CGI; "": any field of a form. */
  readonly variable: string;
  /** The field's name; null: not known. */
  readonly field: string | null;
  /** The value is the variable's as it came, from its first character on. */
  readonly isWhole: boolean;
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

/** Longer ones are data, not written by a person. */
const maxLength = 4000;

export function statements(text: string, language: ScannedLanguage, grammar: Grammar): Statement[] {
  const masked = mask(text, grammar);
  const found: Statement[] = [];
  let from = 0;
  let depth = 0;
  const end = (to: number): void => {
    const code = masked.code.slice(from, to);
    if (to - from <= maxLength && /\w/.test(code))
      found.push({ raw: text.slice(from, to), code, quoted: masked.quoted.subarray(from, to), from });
    from = to + 1;
    depth = 0;
  };
  for (let at = 0; at < text.length; at++) {
    if (masked.quoted[at] === 1) continue;
    const char = masked.code[at] ?? "";
    if (language !== "shell") {
      if (char === "(" || char === "[") depth++;
      if (char === ")" || char === "]") depth--;
    }
    const isLong = at - from > maxLength;
    if (char === ";" && (depth <= 0 || isLong)) end(at);
    else if (char === "\n" && (isLong || endsAt(masked, from, at, depth, language, grammar))) end(at);
  }
  end(text.length);
  return found;
}

/** Whether a statement that began at `from` ends with the line that ends at `at`. */
function endsAt(
  { code }: Masked,
  from: number,
  at: number,
  depth: number,
  language: ScannedLanguage,
  { semicolons }: Grammar,
) {
  if (code[at - 1] === "\\") return false;
  if (language === "shell") return true;
  let last = at - 1;
  while (last >= from && (code[last] === " " || code[last] === "\t" || code[last] === "\r" || code[last] === hidden))
    last--;
  const char = last < from ? ";" : (code[last] ?? "");
  return (
    char === "{" ||
    char === "}" ||
    char === ";" ||
    (!semicolons &&
      depth <= 0 &&
      (language === "python" || !/[,+.=&|:]$|(?<!\w)\?$/.test(code.slice(last - 1, last + 1))))
  );
}
