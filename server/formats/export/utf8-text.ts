// Byte strings as text where nothing is lost by it.
import type { ByteString } from "../../contract/bytes-text.js";
import { toBytes, utf8Text } from "../../protocol/byte-string.js";

/**
 * The controls that survive a clipboard and a terminal: tab and line feed. C1
 * controls come as two bytes, C2 80 to C2 9F.
 */
const lostOnTheWay = /[\0-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]/;
/** U+202A to U+202E and U+2066 to U+2069 turn the direction of what follows: a command would look like another one. */
const turning = /\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]/;

/**
 * The text, when the bytes are UTF-8 without control characters other than tab and
 * line feed, and without turns; else null.
 */
export const plainText = (bytes: ByteString): string | null =>
  lostOnTheWay.test(bytes) || turning.test(bytes) ? null : utf8Text(toBytes(bytes));
