// Steps through bytes character by character in a charset: how many bytes the next character takes, how many columns it
// fills on the screen and whether it is valid. Rows are cut and coloured by it, so
// it must be fast and never cut a character.
import { decodeBytes } from "../../../server/protocol/charset.js";
import { escapeLength } from "./ansi.js";
import { isInvisible } from "./control-names.js";
import { iso2022jp, type JisSet, kanjiPairs, setBefore, switchAt, switchBytes } from "./iso-2022-jp.js";
import { isLead, multiByteCharsets, multiByteLength } from "./multi-byte.js";

/**
 * What the next character is: printable text, a control or invisible character (drawn as a badge), bytes that are not
 * text in this charset, or a terminal's escape sequence (drawn as its effect).
 */
type CharacterKind = "text" | "control" | "invalid" | "escape";

/** The next character, in one number, so that a scan over 8 MB allocates nothing: bytes, columns and kind. */
type PackedCharacter = number;

const kinds: readonly CharacterKind[] = ["text", "control", "invalid", "escape"];
const pack = (length: number, columns: number, kind: 0 | 1 | 2 | 3): PackedCharacter =>
  length | (columns << 8) | (kind << 12);

/** Bytes the character takes, at most 255. */
export const lengthOf = (character: PackedCharacter): number => character & 255;
/** Columns of a fixed-width font it fills; badges and chips fill about three. */
export const columnsOf = (character: PackedCharacter): number => (character >> 8) & 15;
/** What it is. */
export const kindOf = (character: PackedCharacter): CharacterKind => kinds[character >> 12] ?? "invalid";
/** Whether it is invalid in the charset; faster than `kindOf`. */
export const isInvalid = (character: PackedCharacter): boolean => character >> 12 === 2;

const badgeColumns = 3;
const text1 = pack(1, 1, 0);
const control1 = pack(1, badgeColumns, 1);
const invalid1 = pack(1, badgeColumns, 2);

/** East Asian wide and emoji blocks, roughly: enough to wrap a row at its edge. */
const isWide = (code: number): boolean =>
  (code >= 0x1100 && code <= 0x115f) ||
  (code >= 0x2e80 && code <= 0xa4cf) ||
  (code >= 0xac00 && code <= 0xd7a3) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0xfe30 && code <= 0xfe6f) ||
  (code >= 0xff00 && code <= 0xff60) ||
  code >= 0x1f300;

/** UTF-8, RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF. */
function utf8At(bytes: Uint8Array, at: number, end: number): PackedCharacter {
  const lead = bytes[at] ?? 0;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > end) return invalid1;
  let code = lead & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if ((byte & 0xc0) !== 0x80) return invalid1;
    code = (code << 6) | (byte & 0x3f);
  }
  if (
    (length === 3 && code < 0x800) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (length === 4 && code < 0x10000) ||
    code > 0x10ffff
  )
    return invalid1;
  if (code < 0xa0 || isInvisible(code)) return pack(length, badgeColumns, 1);
  return pack(length, isWide(code) ? 2 : 1, 0);
}

function utf16At(bytes: Uint8Array, at: number, end: number, littleEndian: boolean): PackedCharacter {
  const unit = (from: number): number =>
    littleEndian
      ? (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8)
      : ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  if (at + 2 > end) return invalid1;
  const first = unit(at);
  if (first < 0x20 || (first >= 0x7f && first < 0xa0) || isInvisible(first)) return pack(2, badgeColumns, 1);
  if (first < 0xd800 || first > 0xdfff) return pack(2, isWide(first) ? 2 : 1, 0);
  const second = at + 4 <= end ? unit(at + 2) : 0;
  if (first > 0xdbff || second < 0xdc00 || second > 0xdfff) return pack(2, badgeColumns, 2);
  const code = 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
  return isInvisible(code) ? pack(4, badgeColumns, 1) : pack(4, 2, 0);
}

/** East Asian charsets. A byte that begins nothing is invalid by itself, so that what follows it keeps its meaning. */
function multiByteAt(bytes: Uint8Array, at: number, end: number, charset: string): PackedCharacter {
  const single = tableOf(charset)[bytes[at] ?? 0] ?? invalid1;
  if (!isInvalid(single)) return single;
  const length = multiByteLength(bytes, at, end, charset);
  if (length > 0) return pack(length, 2, 0);
  // As the decoder does: a lead byte and one that makes no pair with it are one mistake, unless that one is ASCII.
  const takesNext = isLead(bytes[at] ?? 0, charset) && at + 2 <= end && (bytes[at + 1] ?? 0) >= 0x80;
  return takesNext ? pack(2, 2 * badgeColumns, 2) : invalid1;
}

const switch3 = pack(switchBytes, 5, 1);
const kanji2 = pack(2, 2, 0);
const kana1 = pack(1, 1, 0);

/** Steps follow each other mostly: what the bytes are is looked for again only after a jump. */
function jisReader(): CharacterReader {
  let next: number = -1;
  let set: JisSet = "ascii";
  const characterAt = (bytes: Uint8Array, at: number, end: number): PackedCharacter => {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 || byte === 0x7f) return control1;
    if (byte >= 0x80) return invalid1;
    if (set === "kanji")
      return at + 2 <= end && kanjiPairs().has(byte * 256 + (bytes[at + 1] ?? 0)) ? kanji2 : invalid1;
    return set !== "katakana" ? text1 : byte <= 0x5f && byte > 0x20 ? kana1 : invalid1;
  };
  return (bytes, at, end) => {
    if (at !== next) set = setBefore(bytes, at);
    const to = switchAt(bytes, at, end);
    if (to !== null) set = to;
    const character = to === null ? characterAt(bytes, at, end) : switch3;
    next = at + lengthOf(character);
    return character;
  };
}

const tables = new Map<string, Int32Array>();

/**
 * A single-byte charset: what each of its 256 bytes is. Invisible ones (the no-break
 * space at A0) and unassigned ones included.
 */
function tableOf(charset: string): Int32Array {
  const known = tables.get(charset);
  if (known) return known;
  const table = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const code = decodeBytes(Uint8Array.of(byte), charset).text.codePointAt(0) ?? 0xfffd;
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0) || isInvisible(code);
    table[byte] = isControl ? control1 : code === 0xfffd ? invalid1 : text1;
  }
  tables.set(charset, table);
  return table;
}

/** How to step through a charset's characters. `charset` is a lower-case name of the Encoding Standard. */
export type CharacterReader = (bytes: Uint8Array, at: number, end: number) => PackedCharacter;

/** The step function of a charset; the one for single-byte charsets when it is not known. */
export function stepOf(charset: string): CharacterReader {
  const ascii = (byte: number): PackedCharacter => (byte < 0x20 || byte === 0x7f ? control1 : text1);
  if (charset === "utf-8")
    return (bytes, at, end) => ((bytes[at] ?? 0) < 0x80 ? ascii(bytes[at] ?? 0) : utf8At(bytes, at, end));
  if (charset === "utf-16le" || charset === "utf-16be")
    return (bytes, at, end) => utf16At(bytes, at, end, charset === "utf-16le");
  if (charset === iso2022jp) return jisReader();
  if (multiByteCharsets.has(charset))
    return (bytes, at, end) => ((bytes[at] ?? 0) < 0x80 ? ascii(bytes[at] ?? 0) : multiByteAt(bytes, at, end, charset));
  if (charset === "us-ascii" || charset === "binary")
    return (bytes, at) => ((bytes[at] ?? 0) < 0x80 ? ascii(bytes[at] ?? 0) : invalid1);
  const table = tableOf(charset);
  return (bytes, at) => table[bytes[at] ?? 0] ?? text1;
}

/** The same, but an escape sequence of a terminal is one character of no width. */
export function withEscapes(step: CharacterReader): CharacterReader {
  return (bytes, at, end) => {
    const length = bytes[at] === 0x1b ? escapeLength(bytes, at, end) : 0;
    return length > 0 ? pack(length, 0, 3) : step(bytes, at, end);
  };
}
