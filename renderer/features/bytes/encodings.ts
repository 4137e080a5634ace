// Every way in which bytes can be read as text: the Encoding Standard's, and plain ASCII. With whose text they are for, and how some
// bytes look in each.
import { decodeText } from "../../../server/protocol/charset.js";
import { isInvalid, lengthOf, stepOf } from "./characters.js";
import { iso2022jp, switchAt } from "./iso-2022-jp.js";

export interface Encoding {
  /** Lower-case, as the Encoding Standard names it. */
  readonly name: string;
  readonly of: string;
}

const groups: Readonly<Record<string, readonly string[]>> = {
  Unicode: ["utf-8", "utf-16le", "utf-16be"],
  Western: ["windows-1252", "iso-8859-15", "macintosh"],
  "Central European": ["windows-1250", "iso-8859-2"],
  Romanian: ["iso-8859-16"],
  "South European": ["iso-8859-3"],
  Baltic: ["windows-1257", "iso-8859-13", "iso-8859-4"],
  Nordic: ["iso-8859-10"],
  Celtic: ["iso-8859-14"],
  Cyrillic: ["windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"],
  Greek: ["windows-1253", "iso-8859-7"],
  Turkish: ["windows-1254"],
  Hebrew: ["windows-1255", "iso-8859-8", "iso-8859-8-i"],
  Arabic: ["windows-1256", "iso-8859-6"],
  Vietnamese: ["windows-1258"],
  Thai: ["windows-874"],
  Japanese: ["shift_jis", "euc-jp", iso2022jp],
  Chinese: ["gb18030", "gbk", "big5"],
  Korean: ["euc-kr"],
  "7-bit": ["us-ascii"],
  "Raw bytes": ["x-user-defined"],
};

export const encodings: readonly Encoding[] = Object.entries(groups).flatMap(([of, names]) =>
  names.map((name) => ({ name, of })),
);
export const isEncoding = (name: unknown): name is string => encodings.some((encoding) => encoding.name === name);

/** Places in `bytes` that mean nothing in the charset. A character cut off by their end counts as none. */
export function misfits(bytes: Uint8Array, charset: string): number {
  const step = stepOf(charset);
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    const character = step(bytes, at, bytes.length);
    if (isInvalid(character) && at + 3 < bytes.length) count++;
    at += Math.max(1, lengthOf(character));
  }
  return count;
}

/** Bytes before and after the first that is not ASCII. */
const [before, after] = [6, 18];
const shownCharacters = 12;

/** The bytes round the first one that charsets disagree about; null when all are ASCII, in every one of them. */
export function tellingBytes(bytes: Uint8Array): Uint8Array | null {
  const at = bytes.findIndex(
    (byte, index) => byte >= 0x80 || (byte < 0x20 && switchAt(bytes, index, bytes.length) !== null),
  );
  if (at === -1) return null;
  const from = Math.max(0, at - before);
  return bytes.subarray(from - (from % 2), at + after);
}

/** How they look in a charset, in one short line. */
export function lookOf(bytes: Uint8Array, charset: string): string {
  const text = decodeText(bytes, charset === "us-ascii" ? "utf-8" : charset);
  return [...text.replace(/[\x00-\x1f\x7f-\x9f\ufeff]+/g, " ").trimStart()].slice(0, shownCharacters).join("");
}
