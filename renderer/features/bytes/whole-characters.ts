// Where an excerpt of a longer stream begins and ends: a character that is cut would be shown as invalid bytes.
import { isInvalid, lengthOf, stepOf } from "./characters.js";

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
