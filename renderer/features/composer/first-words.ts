// The beginning of a response body on one line: enough to see whether it is what one had in mind.
import { decodeText, detectCharset } from "../../../server/protocol/charset.js";

/** The words are taken from the first bytes of a body, so many. */
export const lookedAtBytes = 1024;
const maxCharacters = 240;

/** White space and controls, which would make more lines, or none that can be read. */
const blanks = /[\s\p{Cc}\ufeff\u2028\u2029]+/gu;

/** `declared`: the charset in Content-Type; null when there is none. Null for what is not text. */
export function firstWords(beginning: Uint8Array, declared: string | null): string | null {
  const bytes = beginning.subarray(0, lookedAtBytes);
  const detected = detectCharset(bytes);
  if (detected === "binary" && declared === null) return null;
  const text = decodeText(bytes, declared ?? detected);
  // A character that the stretch cuts in two is left out.
  const whole = bytes.length === lookedAtBytes ? text.replace(/\ufffd$/, "") : text;
  return [...whole.replace(blanks, " ").trim()].slice(0, maxCharacters).join("");
}
