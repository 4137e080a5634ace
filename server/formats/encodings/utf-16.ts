// Whether bytes are text in UTF-16, by their beginning.

/** With a byte order mark before an ASCII character, or with `#!` in two bytes each. */
export function utf16Order(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third !== 0 && fourth === 0 ? "utf-16le" : null;
  if (first === 0xfe && second === 0xff) return third === 0 && fourth !== 0 ? "utf-16be" : null;
  if (second === 0 && fourth === 0) return first === 0x23 && third === 0x21 ? "utf-16le" : null;
  return first === 0 && third === 0 && second === 0x23 && fourth === 0x21 ? "utf-16be" : null;
}
