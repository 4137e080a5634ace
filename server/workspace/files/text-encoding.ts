// The text that a file's bytes are in an encoding. What an encoding cannot decode is
// U+FFFD in the text, and its lines are known.

import { isUtf8 } from "node:buffer";
import type { FileEncoding } from "../../contract/charsets.js";
import { utf16Order } from "../../formats/encodings/utf-16.js";
import { decodeText } from "../../protocol/charset.js";
import { decisive, encodingNamed, findDeclarations } from "./declarations.js";

/** One line of a file: `[from, to)` is its text, `[to, end)` its line end. The last one has none. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

interface DecodedLines {
  /** Without line ends. */
  readonly texts: readonly string[];
  /** "\r\n", "\n" or "\r", and "" of the last line. */
  readonly ends: readonly string[];
  readonly spans: readonly LineSpan[];
  /** Lines that have bytes without a meaning in the encoding, from 0. */
  readonly undecodable: ReadonlySet<number>;
}

/** In place of what an encoding cannot decode. */
export const replacement = "\uFFFD";
export const isUtf16 = (encoding: FileEncoding): boolean => encoding === "utf-16le" || encoding === "utf-16be";
const marks = { "utf-8": "\xef\xbb\xbf", "utf-16le": "\xff\xfe", "utf-16be": "\xfe\xff" } as const;

/** The byte order mark of an encoding; empty where there is none. */
export const markOf = (encoding: FileEncoding): Buffer =>
  Buffer.from(
    encoding === "utf-8" || encoding === "utf-16le" || encoding === "utf-16be" ? marks[encoding] : "",
    "latin1",
  );

export function hasMark(bytes: Uint8Array, encoding: FileEncoding): boolean {
  const mark = markOf(encoding);
  return mark.length > 0 && mark.every((byte, index) => bytes[index] === byte);
}

/**
 * What a file's text is probably encoded in: a byte order mark, what the bytes are valid in, what its beginning
 * declares, else Western text. Null for bytes with a NUL.
 */
export function detectEncoding(bytes: Uint8Array): FileEncoding | null {
  if (hasMark(bytes, "utf-16le")) return "utf-16le";
  if (hasMark(bytes, "utf-16be")) return "utf-16be";
  const wide = utf16Order(bytes);
  if (wide !== null || bytes.includes(0)) return wide;
  if (isUtf8(bytes)) return "utf-8";
  const declared = declaredEncoding(bytes);
  if (declared !== null) return declared;
  return bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? "windows-1252" : "iso-8859-1";
}

/** `chosen`: what the user reads the file as. Bytes with a NUL are text in UTF-16 by choice alone, else null. */
export function encodingOf(bytes: Uint8Array, chosen: FileEncoding | null): FileEncoding | null {
  const detected = detectEncoding(bytes);
  return chosen !== null && (detected !== null || isUtf16(chosen)) ? chosen : detected;
}

/** What a source says in another form than those of `findDeclarations`: `$charset = "…"`. */
const hint = /\b(?:(?:file)?coding|charset)[ \t]*(?:=>|[:=])[ \t]*["']?([-\w.]+)/gi;
/** A browser looks for a declaration in so many bytes (HTML Standard). */
const maxDeclarationBytes = 1024;

/** Null where nothing is declared but Western text, or what does not fit all of the bytes. */
function declaredEncoding(bytes: Uint8Array): FileEncoding | null {
  const beginning = decode(bytes.subarray(0, maxDeclarationBytes), "iso-8859-1");
  const declared = decisive(findDeclarations(beginning.split(/\r\n|\r|\n/))).map(({ encoding }) => encoding);
  const hinted = Array.from(beginning.matchAll(hint), ([, label = ""]) => encodingNamed(label));
  const fits = (encoding: FileEncoding | null): boolean =>
    encoding !== null &&
    encoding !== "utf-8" && // which it is not
    !isUtf16(encoding) &&
    decodeLines(bytes, encoding).undecodable.size === 0;
  const found = [...new Set(declared.length > 0 ? declared : hinted)].find(fits) ?? null;
  return found === "windows-1252" ? null : found;
}

/** Line by line, with the places of the lines in `bytes`. A byte order mark belongs to no line. */
export function decodeLines(bytes: Uint8Array, encoding: FileEncoding): DecodedLines {
  const spans = lineSpans(bytes, encoding);
  const ends = spans.map(({ to, end }) => latin1(bytes.subarray(to, end)).replaceAll("\0", ""));
  const whole = decode(bytes.subarray(spans[0]?.from ?? 0), encoding);
  const texts = whole.split(/\r\n|\r|\n/);
  if (!whole.includes(replacement) && texts.length === spans.length)
    return { texts, ends, spans, undecodable: new Set() };
  const undecodable = new Set<number>();
  const lines = spans.map(({ from, to }, index) => {
    const line = bytes.subarray(from, to);
    const text = decode(line, encoding);
    if (text.includes(replacement) && !isValid(line, encoding)) undecodable.add(index);
    // A decoder may take a line end for a part of a character, or make one up: the line is one line in any case.
    return text.replace(/[\r\n]/g, replacement);
  });
  return { texts: lines, ends, spans, undecodable };
}

/** The lines without their ends, as `decodeLines` has them; null if `isWanted` refuses the whole text of them. */
export function wantedLines(
  bytes: Uint8Array,
  encoding: FileEncoding,
  isWanted: (text: string) => boolean,
): readonly string[] | null {
  const whole = decode(hasMark(bytes, encoding) ? bytes.subarray(markOf(encoding).length) : bytes, encoding);
  if (whole.includes(replacement)) return decodeLines(bytes, encoding).texts;
  return isWanted(whole) ? whole.split(/\r\n|\r|\n/) : null;
}

/** The whole text, without the byte order mark. */
export function decodeFile(bytes: Uint8Array, encoding: FileEncoding): string {
  return joined(decodeLines(bytes, encoding));
}

/** The lines with their line ends, as one text. */
export const joined = ({ texts, ends }: Pick<DecodedLines, "texts" | "ends">): string =>
  texts.map((text, index) => text + (ends[index] ?? "")).join("");

/**
 * Where lines end as in an editor: at CR LF, LF or CR. `width`: bytes of an ASCII character; `endAt`: the length of the
 * line end at an offset, 0 for none.
 */
export function lineEnds(
  bytes: Uint8Array,
  encoding: FileEncoding,
): { readonly width: number; endAt(at: number): number } {
  const width = isUtf16(encoding) ? 2 : 1;
  const low = encoding === "utf-16be" ? 1 : 0; // where the byte of an ASCII character is
  const isAt = (at: number, code: number): boolean =>
    bytes[at + low] === code && (width === 1 || bytes[at + 1 - low] === 0);
  const endAt = (at: number): number => {
    if (isAt(at, 0x0a)) return width;
    if (!isAt(at, 0x0d)) return 0;
    return isAt(at + width, 0x0a) ? 2 * width : width;
  };
  return { width, endAt };
}

/** All bytes of a file, its mark included. */
function lineSpans(bytes: Uint8Array, encoding: FileEncoding): LineSpan[] {
  const { width, endAt } = lineEnds(bytes, encoding);
  const spans: LineSpan[] = [];
  let from = hasMark(bytes, encoding) ? markOf(encoding).length : 0;
  for (let at = from; at < bytes.length; at += width) {
    const length = endAt(at);
    if (length === 0) continue;
    const end = at + length;
    spans.push({ from, to: at, end });
    from = end;
    at = end - width;
  }
  spans.push({ from, to: bytes.length, end: bytes.length });
  return spans;
}

/** A stretch of bytes without a byte order mark. */
export function decode(bytes: Uint8Array, encoding: FileEncoding): string {
  return encoding === "iso-8859-1" ? latin1(bytes) : decodeText(bytes, encoding);
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");

function isValid(bytes: Uint8Array, encoding: FileEncoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false; // TypeError: the answer to the question
  }
}
