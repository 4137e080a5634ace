// Percent-encoding, RFC 3986 §2.1. Bytes in, bytes out: which characters they stand for is not decided here.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "./byte-string.js";

interface PercentDecoded {
  /** Each `%XX` replaced by its byte; a "%" that two hexadecimal digits do not follow stays as it is. */
  readonly value: ByteString;
  /** Positions in the input of every such "%". */
  readonly malformedAt: readonly number[];
}

/** The value of a hexadecimal digit given as a character code; −1 for anything else. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The byte that `%XX` at `at` stands for; −1 when that is no percent-encoded byte. */
export function percentByteAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x25) return -1;
  const high = hexDigit(text.charCodeAt(at + 1)); // NaN past the end gives −1
  const low = hexDigit(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** A byte of a byte string as `%XX`. */
export const percentEncode = (byte: string): string =>
  `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/** Decodes once, never twice: "%2541" is "%41". */
export function percentDecode(text: ByteString): PercentDecoded {
  let percent = text.indexOf("%");
  if (percent < 0) return { value: text, malformedAt: [] };
  const malformedAt: number[] = [];
  let value = "";
  let copied = 0;
  while (percent >= 0) {
    const byte = percentByteAt(text, percent);
    if (byte < 0) malformedAt.push(percent);
    else {
      value += text.slice(copied, percent) + String.fromCharCode(byte);
      copied = percent + 3;
    }
    percent = text.indexOf("%", percent + 1);
  }
  return { value: byteString(value + text.slice(copied)), malformedAt };
}
