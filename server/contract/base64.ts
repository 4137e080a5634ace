// Base64 (RFC 4648 §4) of text with one character per byte: this folder compiles without Node's and the DOM's own.

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const character = (sextet: number): string => alphabet.charAt(sextet & 63);

export function toBase64(bytes: string): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three =
      (bytes.charCodeAt(at) << 16) |
      ((left > 1 ? bytes.charCodeAt(at + 1) : 0) << 8) |
      (left > 2 ? bytes.charCodeAt(at + 2) : 0);
    parts.push(
      character(three >> 18),
      character(three >> 12),
      left > 1 ? character(three >> 6) : "=",
      left > 2 ? character(three) : "=",
    );
  }
  return parts.join("");
}

/** Null when it is not base64. White space is skipped. */
export function fromBase64(text: string): string | null {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return null;
  const parts: string[] = [];
  for (let at = 0; at < digits.length; at += 4) {
    const sextet = (offset: number): number => Math.max(0, alphabet.indexOf(digits.charAt(at + offset)));
    const three = (sextet(0) << 18) | (sextet(1) << 12) | (sextet(2) << 6) | sextet(3);
    parts.push(String.fromCharCode(three >> 16));
    if (digits.charAt(at + 2) !== "=") parts.push(String.fromCharCode((three >> 8) & 255));
    if (digits.charAt(at + 3) !== "=") parts.push(String.fromCharCode(three & 255));
  }
  return parts.join("");
}
