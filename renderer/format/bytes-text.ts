// Text of public JSON (a string, or base64 when its bytes are not UTF-8) as bytes, as a byte string and for reading.
import type { ByteString, BytesText } from "../../server/contract/bytes-text.js";
import { byteString, toBytes, utf8 } from "../../server/protocol/byte-string.js";

/** The bytes as they were, one character each. */
export function toByteString(text: BytesText): ByteString {
  return typeof text === "string" ? utf8(text) : byteString(atob(text.base64)); // atob gives one character a byte
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** For titles, names and comparisons: invalid UTF-8 becomes U+FFFD. Where bytes matter, show tokens instead. */
export function readable(text: BytesText): string {
  return typeof text === "string" ? text : decoder.decode(toBytes(toByteString(text)));
}

/** Of the first header with the name, for reading; null without one. `name` in lower case. */
export function readableValue(headers: readonly (readonly [BytesText, BytesText])[], name: string): string | null {
  const found = headers.find(([given]) => readable(given).toLowerCase() === name);
  return found === undefined ? null : readable(found[1]);
}

/** True when nothing is lost by showing the text as it is: UTF-8 and no control characters. */
export function isPlain(text: BytesText): text is string {
  return typeof text === "string" && !/[\u0000-\u001f\u007f-\u009f]/.test(text);
}

/** Bytes as base64, in slices that no engine's argument limit minds. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
