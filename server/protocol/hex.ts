// Bytes and characters as hexadecimal digits, in lower case.

/** A byte as "c3". */
const hexPair = (byte: number): string => byte.toString(16).padStart(2, "0");

/** Bytes as people read them: "c3 b6". */
export function spacedHex(bytes: Iterable<number>): string {
  let text = "";
  for (const byte of bytes) text += (text === "" ? "" : " ") + hexPair(byte);
  return text;
}

/** A byte of a byte string as "\xc3". */
export const hexEscape = (byte: string): string => `\\x${hexPair(byte.charCodeAt(0))}`;

/** A UTF-16 code unit as JSON escapes it: "\u00c3". */
export const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
