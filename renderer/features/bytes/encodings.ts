// Every way in which a stream can be read as text: the Encoding Standard's, and
// plain ASCII; and how some bytes look in each.
import { type CharsetOf, charsets } from "../../../server/contract/charsets.js";
import { decodeText } from "../../../server/protocol/charset.js";
import { isInvalid, lengthOf, stepOf } from "./characters.js";
import { switchAt } from "./iso-2022-jp.js";

/** Lower-case, as the Encoding Standard names them. */
export const encodings: readonly CharsetOf<string>[] = [
  ...charsets,
  { name: "us-ascii", of: "7-bit" },
  { name: "x-user-defined", of: "Raw bytes" },
];
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
const before = 6;
const after = 18;
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
