// Byte strings for people and for JSON: UTF-8 where the bytes are that, base64 or a marked replacement where they are not.
import type { ByteString, BytesText } from "../contract/bytes-text.js";
import { byteString, utf8 } from "../protocol/byte-string.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const isAscii = /^[\0-\x7f]*$/;

/** For public JSON: exact, whatever the bytes are. */
export function toBytesText(text: ByteString): BytesText {
  if (isAscii.test(text)) return text;
  const bytes = Buffer.from(text, "latin1");
  try {
    return strict.decode(bytes);
  } catch {
    return { base64: bytes.toString("base64") }; // not UTF-8
  }
}

/** The byte string that public JSON text stands for. */
export function fromBytesText(text: BytesText): ByteString {
  return typeof text === "string" ? utf8(text) : byteString(Buffer.from(text.base64, "base64").toString("latin1"));
}

/** For a line on the screen: what is not UTF-8 becomes U+FFFD. */
export function toDisplayText(text: ByteString): string {
  return isAscii.test(text) ? text : lenient.decode(Buffer.from(text, "latin1"));
}
