// The words of a command line as a Bourne shell would give them to the program, for a pasted command:
// quotes, escapes, $'…', and printf in a command substitution as our own copies write it. Nothing is run:
// what only a shell could know is refused in words.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { closingMark } from "./closing-mark.js";

export interface SplitCommand {
  readonly ok: true;
  readonly words: readonly ByteString[];
  /** What follows the first command, from its `|`, `;`, `>` or `#` on; "" for nothing. */
  readonly rest: string;
  /** A part in quotation marks begins where another one ends: cmd means a mark by it. */
  readonly hasDoubledMark: boolean;
  /** An `&` outside of quotation marks was taken for a part of an address. */
  readonly hasBareAmpersand: boolean;
}
type ShellWords = SplitCommand | { readonly ok: false; readonly why: string };

export function shellWords(text: string): ShellWords {
  const words: ByteString[] = [];
  let word: string | null = null;
  let at = 0;
  let hasDoubledMark = false;
  let hasBareAmpersand = false;
  const add = (bytes: string): void => {
    word = (word ?? "") + bytes;
  };
  while (at < text.length) {
    const piece = pieceAt(text, at, word === null);
    if ("why" in piece) return { ok: false, why: piece.why };
    if (piece.is === "end") break;
    if (word !== null && text.startsWith('""', at - 1)) hasDoubledMark = true;
    if (text.charAt(at) === "&") hasBareAmpersand = true;
    if (piece.is === "text") add(piece.bytes);
    else if (piece.is === "space" && word !== null) {
      words.push(byteString(word));
      word = null;
    }
    at += piece.length;
  }
  if (word !== null) words.push(byteString(word));
  return { ok: true, words, rest: text.slice(at).trim(), hasDoubledMark, hasBareAmpersand };
}

type Piece =
  | { readonly is: "text"; readonly bytes: string; readonly length: number }
  | { readonly is: "space" | "nothing"; readonly length: number }
  | { readonly is: "end" }
  | { readonly why: string };

const substituted = "The command has a part that only a shell can fill in ($… or `…`). Put its value in.";
const quotedForCmd = "This command is quoted for Windows' cmd. Choose “Copy as cURL (bash)”.";
const variable = /\$[A-Za-z_0-9{(@*#?!$-]|`/;

const plain = /([^\s'"\\$`|;&<>#()]+)/y;
/** The kinds of token, tried in this order. */
const forms: readonly { readonly pattern: RegExp; piece(inside: string, length: number): Piece }[] = [
  { pattern: plain, piece: (inside, length) => ({ is: "text", bytes: utf8(inside), length }) },
  { pattern: /[ \t]+|\r?\n(?=\s*$)/y, piece: (_inside, length) => ({ is: "space", length }) },
  { pattern: /\\\r?\n/y, piece: (_inside, length) => ({ is: "nothing", length }) },
  { pattern: /'([^']*)'/y, piece: (inside, length) => ({ is: "text", bytes: utf8(inside), length }) },
  {
    pattern: /"\$\(printf '([^']*)'\)"/y,
    piece: (inside, length) => ({ is: "text", bytes: printed(inside).replace(/\n+$/, ""), length }),
  },
  { pattern: /\\([\s\S])/y, piece: (inside, length) => ({ is: "text", bytes: utf8(inside), length }) },
];

function pieceAt(text: string, at: number, isWordStart: boolean): Piece {
  for (const { pattern, piece } of forms) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) continue;
    const isCmd =
      pattern === plain &&
      found[0].endsWith("^") &&
      /^(?:["&|<>]|\r?\n)/.test(text.slice(pattern.lastIndex, pattern.lastIndex + 2));
    return isCmd ? { why: quotedForCmd } : piece(found[1] ?? "", found[0].length);
  }
  const escaped = escapedAt(text, at);
  if (escaped) return escaped;
  const character = text.charAt(at);
  if (character === "'" || character === '"')
    return { why: `A quotation mark (${character}) is opened and never closed.` };
  if (character === "`" || (character === "$" && variable.test(text.slice(at, at + 2)))) return { why: substituted };
  const isLiteral = character === "$" || character === "\\" || (!isWordStart && isPartOfAddress(text, at));
  return isLiteral ? { is: "text", bytes: character, length: 1 } : { is: "end" };
}

/** `$'…'` or `"…"`, in which a backslash escapes; null: neither of them begins here, or it has no end. */
function escapedAt(text: string, at: number): Piece | null {
  const isDollar = text.startsWith("$'", at);
  if (!isDollar && text.charAt(at) !== '"') return null;
  const from = at + (isDollar ? 2 : 1);
  const end = closingMark(text, from, isDollar ? "'" : '"');
  if (end < 0) return null;
  const inside = text.slice(from, end);
  const length = end + 1 - at;
  if (isDollar) return { is: "text", bytes: unescaped(inside), length };
  if (variable.test(inside.replace(/\\[\s\S]/g, ""))) return { why: substituted };
  return { is: "text", bytes: utf8(inside.replace(/\\\r?\n/g, "").replace(/\\([$`"\\])/g, "$1")), length };
}

/** An address is often pasted without its quotes: a single "&" or "#" inside it is no end of the command. */
const isPartOfAddress = (text: string, at: number): boolean => /^(#|&(?!&))\S/.test(text.slice(at, at + 2));

/** `$'…'` of bash and zsh. */
function unescaped(text: string): string {
  return text.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|[\s\S])|[^\\]+/g,
    (whole, after: string | undefined) => {
      if (after === undefined) return utf8(whole);
      const kind = after.charAt(0);
      if (kind === "x" && after.length > 1) return String.fromCharCode(Number.parseInt(after.slice(1), 16));
      if ((kind === "u" || kind === "U") && after.length > 1) return codePoint(Number.parseInt(after.slice(1), 16));
      if (/^[0-7]/.test(after)) return String.fromCharCode(Number.parseInt(after, 8) & 255);
      return controls[kind] ?? (/['"\\?]/.test(kind) ? kind : utf8(whole));
    },
  );
}

/** What printf writes for a format without arguments. */
export function printed(format: string): string {
  return format.replace(/\\([0-7]{1,3}|[\s\S])|%%|[^\\%]+/g, (whole, after: string | undefined) => {
    if (whole === "%%") return "%";
    if (after === undefined) return utf8(whole);
    if (/^[0-7]/.test(after)) return String.fromCharCode(Number.parseInt(after, 8) & 255);
    return after === "\\" ? "\\" : (controls[after] ?? utf8(whole));
  });
}

const controls: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  v: "\v",
};

const codePoint = (code: number): string => (code <= 0x10ffff ? utf8(String.fromCodePoint(code)) : utf8("\ufffd"));
