// Source text in Shift_JIS, in which a character's second byte can be a sign of the language: 0x5c is a backslash.
import { isUtf8 } from "node:buffer";
import type { ByteString } from "../../contract/bytes-text.js";
import { toBytes } from "../../protocol/byte-string.js";

interface ShiftJisTrouble {
  readonly character: string;
  /** Its second byte, as the language reads it. */
  readonly sign: string;
  /** From 1. */
  readonly line: number;
}

/** JIS X 0208 in two bytes, or a half-width katakana in one. */
const character = /[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\xa1-\xdf]/g;

/**
 * The first character whose second byte is a backslash, or, with "any", a bracket or quote as well; comments aside.
 * Null if there is none, or if the text is not certainly Shift_JIS.
 */
export function shiftJisTrouble(text: ByteString, signs: "backslash" | "any"): ShiftJisTrouble | null {
  if (!isShiftJis(text)) return null;
  const risky = signs === "any" ? /[\\{}[\]|`@]/ : /\\/;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*#/.test(line)) continue;
    for (const [pair] of line.matchAll(character)) {
      const sign = pair[1] ?? "";
      // an author who knows of it writes one more backslash
      if (!risky.test(sign) || line.includes(`${pair}\\`)) continue;
      return { character: new TextDecoder("shift_jis").decode(Buffer.from(pair, "latin1")), sign, line: index + 1 };
    }
  }
  return null;
}

/**
 * Every byte above ASCII is part of a character, and most begin where kana and common kanji do: no Latin text looks so.
 */
function isShiftJis(text: ByteString): boolean {
  if (!/[\x81-\x9f]/.test(text) || isUtf8(toBytes(text))) return false;
  if (/[\x80-\xff]/.test(text.replace(character, ""))) return false;
  const pairs = (text.match(character) ?? []).filter((pair) => pair.length === 2);
  const common = pairs.filter((pair) => pair.charCodeAt(0) < 0xa0);
  return common.length >= 2 && common.length * 2 > pairs.length;
}
