// Decoded URL paths: their parts, and encoded again for Location headers and for the targets in the file list.
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import { byteString, latin1, utf8 } from "../protocol/byte-string.js";
import { percentEncode } from "../protocol/percent.js";

/**
 * RFC 3986 §3.3: characters that a path may contain unencoded. "%" is not one of them, so that decoding reverses
 * encoding.
 */
const plain = /[A-Za-z0-9\-._~!$&'()*+,;=:@/]/;

/** A decoded path, percent-encoded where necessary. */
export function encodePath(path: ByteString): ByteString {
  let out = "";
  for (const c of path) out += plain.test(c) ? c : percentEncode(c);
  return byteString(out);
}

/** The last segment: "" if the path ends in a slash. */
export function baseName(path: ByteString): ByteString {
  return byteString(path.slice(path.lastIndexOf("/") + 1));
}

/** If the file system treats "/Private" as "/private", what a path decides must too. By platform: none is probed. */
export const foldsNames = process.platform === "darwin" || process.platform === "win32";

/** Equal for names that lead to the same file: in any case, and with composed or decomposed letters. */
export function folded(path: ByteString): string {
  if (!foldsNames) return path;
  if (/^[\0-\x7f]*$/.test(path)) return path.toLowerCase();
  return utf8(toDisplayText(path).normalize("NFC").toUpperCase().toLowerCase().normalize("NFC"));
}

/** A folder of the path is named cgi-bin: its files are scripts. */
export const isInCgiBin = (path: string): boolean =>
  (foldsNames ? path.toLowerCase() : path).split("/").slice(0, -1).includes("cgi-bin");

/** ".py" of "sum.py", as file names are compared and in lower case; "" if there is none. */
export function extensionOf(name: ByteString): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? folded(latin1(name.slice(dot))).toLowerCase() : "";
}
