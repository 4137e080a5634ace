// A run of bytes cut into what the screen shows: text, badges for control characters, hex chips for bytes that are not text,
// each with its offsets, cut again where a mark (a finding's range) begins or ends.
import type { Severity } from "../../../server/contract/trace.js";
import { decodeBytes } from "../../../server/protocol/charset.js";
import { kindOf, lengthOf, stepOf } from "./characters.js";
import { controlName } from "./control-names.js";

/** A range `[from, to)` of the stream that is shown in the colour of its severity. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: Severity;
}
/** A piece of a row. Offsets count from the stream's beginning; `text` of a control is its short name, of invalid bytes their hex. */
export interface Token {
  readonly kind: "text" | "control" | "invalid";
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly severity: Severity | null;
}

/** Bytes as two hex digits each, upper case, separated by blanks. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (text === "" ? "" : " ") + byte.toString(16).padStart(2, "0").toUpperCase();
  return text;
}

/** Text of bytes in a charset; an unknown one is read as windows-1252, which has a character for every byte. */
export function decode(bytes: Uint8Array, charset: string): string {
  return decodeBytes(bytes, charset).text;
}

const ranks = { hint: 0, warning: 1, error: 2 } as const;
function severityAt(marks: readonly Mark[], at: number): Severity | null {
  let found: Severity | null = null;
  for (const mark of marks) if (mark.from <= at && at < mark.to && (found === null || ranks[mark.severity] > ranks[found])) found = mark.severity;
  return found;
}

/**
 * The bytes `[from, to)` of `bytes` as tokens; `base` is the offset in the stream of `bytes[0]`.
 * Never longer than the row it is called for: the caller bounds `to - from`.
 */
export function tokensOf(bytes: Uint8Array, from: number, to: number, charset: string, marks: readonly Mark[] = [], base = 0): Token[] {
  const step = stepOf(charset);
  const near = marks.filter((mark) => mark.from < base + to && mark.to > base + from);
  const tokens: Token[] = [];
  let textFrom = from;
  let textSeverity: Severity | null = null;
  const flush = (end: number): void => {
    if (end > textFrom)
      tokens.push({ kind: "text", text: decode(bytes.subarray(textFrom, end), charset), from: base + textFrom, to: base + end, severity: textSeverity });
    textFrom = end;
  };
  for (let at = from; at < to; ) {
    const character = step(bytes, at, to);
    const length = Math.max(1, lengthOf(character));
    const kind = kindOf(character);
    const severity = near.length === 0 ? null : severityAt(near, base + at);
    if (kind === "text") {
      if (severity !== textSeverity) flush(at);
      textSeverity = severity;
    } else {
      flush(at);
      const piece = bytes.subarray(at, at + length);
      const text = kind === "control" ? (controlName(decode(piece, charset === "binary" ? "windows-1252" : charset).charCodeAt(0)) ?? hex(piece)) : hex(piece);
      tokens.push({ kind, text, from: base + at, to: base + at + length, severity });
      textFrom = at + length;
    }
    at += length;
  }
  flush(to);
  return tokens;
}
