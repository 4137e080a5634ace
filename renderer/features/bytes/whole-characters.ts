// Where a character of a longer stream begins and ends: one that is cut would be shown as invalid bytes.
import { isInvalid, lengthOf, stepOf } from "./characters.js";
import { iso2022jp } from "./iso-2022-jp.js";
import { multiByteCharsets } from "./multi-byte.js";

/** Bytes of a character without its first or last one, at most: four in UTF-8 (RFC 3629 §3) and gb18030. */
const maxPart = 3;

/** `to`, or the beginning of the character that the last bytes before it begin. `from`: where a character begins. */
export function wholeTo(bytes: Uint8Array, from: number, to: number, charset: string): number {
  const step = stepOf(charset);
  let whole = from;
  for (let at = from; at < to; ) {
    const character = step(bytes, at, to);
    at += Math.max(1, lengthOf(character));
    if (!isInvalid(character)) whole = at;
  }
  return to - whole <= maxPart ? whole : to;
}

/** `from`, or the end of the UTF-8 character that the first bytes there end. */
export function wholeFrom(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < from + maxPart && ((bytes[at] ?? 0) & 0xc0) === 0x80) at++;
  return at;
}

/** Farther back no beginning is looked for. */
const reach = 1 << 12;

/** Where the character begins that the byte at `at` is a part of. */
export function beginningOf(bytes: Uint8Array, at: number, end: number, charset: string): number {
  const step = stepOf(charset);
  let from = certainBeginning(bytes, at, charset);
  for (;;) {
    const next = from + Math.max(1, lengthOf(step(bytes, from, end)));
    if (next > at) return from;
    from = next;
  }
}

/** A place at or before `at` where a character begins, whatever the bytes are. */
function certainBeginning(bytes: Uint8Array, at: number, charset: string): number {
  let from = at;
  if (charset === "utf-8") while (from > 0 && at - from < maxPart && ((bytes[from] ?? 0) & 0xc0) === 0x80) from--;
  if (charset === "utf-16le" || charset === "utf-16be") from = Math.max(0, at - (at % 2) - 2);
  // Blanks and controls are parts of no other character.
  if (multiByteCharsets.has(charset) || charset === iso2022jp)
    while (from > 0 && at - from < reach && (bytes[from] ?? 0) > 0x20) from--;
  return from;
}
