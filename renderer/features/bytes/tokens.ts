// A run of bytes cut into what the screen shows: text, badges for control characters, hex chips for bytes
// that are not text, each with its offsets, cut again where a mark (a finding's range), a highlight
// (selection, match) or a colour begins or ends.
import type { Severity } from "../../../server/contract/trace.js";
import { decodeBytes } from "../../../server/protocol/charset.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { type EscapeIndex, plainStyle, type TextStyle } from "./ansi.js";
import { kindOf, lengthOf, stepOf, withEscapes } from "./characters.js";
import { controlName } from "./control-names.js";
import { decodeJis, iso2022jp, switchBytes, switchName } from "./iso-2022-jp.js";

/** A range `[from, to)` of the stream that is shown in the colour of its severity. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: Severity;
}
/** A range `[from, to)` to highlight: the selection, a match, or the current match. */
export interface Highlight {
  readonly from: number;
  readonly to: number;
  readonly is: "selected" | "match" | "current";
}
/** What is drawn over a row's characters. */
interface Paint {
  /** The last one that covers a byte counts. */
  readonly highlights: readonly Highlight[];
  /** A place between two bytes at which a token has to begin; null for none. */
  readonly caret: number | null;
  /** Draws the colours of escape sequences in their place; null shows the sequences themselves. */
  readonly escapes: EscapeIndex | null;
}
const noPaint: Paint = { highlights: [], caret: null, escapes: null };

/**
 * A piece of a row. Offsets count from the stream's beginning; `text` of a control is
 * its short name, of invalid bytes their hex.
 */
export interface Token {
  readonly kind: "text" | "control" | "invalid";
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly severity: Severity | null;
  readonly highlight: Highlight["is"] | null;
  readonly style: TextStyle;
}

/**
 * Text of the bytes `[from, to)` in a charset; an unknown one is read as
 * windows-1252, which has a character for every byte.
 */
export function decode(bytes: Uint8Array, from: number, to: number, charset: string): string {
  return charset === iso2022jp ? decodeJis(bytes, from, to) : decodeBytes(bytes.subarray(from, to), charset).text;
}

const ranks = { hint: 0, warning: 1, error: 2 } as const;
/** The gravest of the marks on the byte at `at`. */
export function severityAt(marks: readonly Mark[], at: number): Severity | null {
  let found: Severity | null = null;
  for (const mark of marks)
    if (mark.from <= at && at < mark.to && (found === null || ranks[mark.severity] > ranks[found]))
      found = mark.severity;
  return found;
}

/** The highlight of the byte at `at`. */
export function highlightAt(highlights: readonly Highlight[], at: number): Highlight["is"] | null {
  return highlights.findLast((highlight) => highlight.from <= at && at < highlight.to)?.is ?? null;
}

/**
 * The bytes `[from, to)` of `bytes` as tokens; `base` is the offset in the stream of `bytes[0]`.
 * Never longer than the row it is called for: the caller bounds `to - from`.
 */
export function tokensOf(
  bytes: Uint8Array,
  from: number,
  to: number,
  charset: string,
  marks: readonly Mark[] = [],
  base = 0,
  paint = noPaint,
): Token[] {
  const step = paint.escapes ? withEscapes(stepOf(charset)) : stepOf(charset);
  const near = marks.filter((mark) => mark.from < base + to && mark.to > base + from);
  const tokens: Token[] = [];
  let style = paint.escapes?.styleAt(base + from) ?? plainStyle;
  let look: Look = { severity: null, highlight: null, style };
  let textFrom = from;
  const flush = (end: number): void => {
    if (end > textFrom)
      tokens.push({
        kind: "text",
        text: decode(bytes, textFrom, end, charset),
        from: base + textFrom,
        to: base + end,
        ...look,
      });
    textFrom = end;
  };
  for (let at = from; at < to; ) {
    const character = step(bytes, at, to);
    const length = Math.max(1, lengthOf(character));
    const kind = kindOf(character);
    const next: Look = {
      severity: near.length === 0 ? null : severityAt(near, base + at),
      highlight: highlightAt(paint.highlights, base + at),
      style,
    };
    if (!isSame(next, look) || base + at === paint.caret) flush(at);
    look = next;
    if (kind === "escape") {
      flush(at);
      style = paint.escapes?.styleAt(base + at + length) ?? plainStyle;
      textFrom = at + length;
    } else if (kind !== "text") {
      flush(at);
      const piece = bytes.subarray(at, at + length);
      const name =
        length === switchBytes && charset === iso2022jp
          ? switchName(piece)
          : controlName(codeOf(bytes, at, at + length, charset));
      const text = (kind === "control" ? name : null) ?? spacedHex(piece);
      tokens.push({ kind, text, from: base + at, to: base + at + length, ...look });
      textFrom = at + length;
    }
    at += length;
  }
  flush(to);
  return tokens;
}

/** The code of the one character that some bytes are. */
export function codeOf(bytes: Uint8Array, from: number, to: number, charset: string): number {
  return decode(bytes, from, to, charset === "binary" ? "windows-1252" : charset).codePointAt(0) ?? 0xfffd;
}

type Look = Pick<Token, "severity" | "highlight" | "style">;
const isSame = (a: Look, b: Look): boolean =>
  a.severity === b.severity && a.highlight === b.highlight && a.style === b.style;
