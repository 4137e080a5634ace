// Byte strings for people and for JSON: UTF-8 if the bytes are valid UTF-8, else base64 or replacement characters.
import type { ByteString, BytesText } from "../contract/bytes-text.js";
import { byteString, utf8, utf8Text } from "../protocol/byte-string.js";

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const isAscii = /^[\0-\x7f]*$/;

/** For public JSON: exact, whatever the bytes are. */
export function toBytesText(text: ByteString): BytesText {
  if (isAscii.test(text)) return text;
  const bytes = Buffer.from(text, "latin1");
  return utf8Text(bytes) ?? { base64: bytes.toString("base64") };
}

/** The byte string of text from public JSON. */
export function fromBytesText(text: BytesText): ByteString {
  return typeof text === "string" ? utf8(text) : byteString(Buffer.from(text.base64, "base64").toString("latin1"));
}

/** For display: bytes that are not valid UTF-8 become U+FFFD. */
export function toDisplayText(text: ByteString): string {
  return isAscii.test(text) ? text : lenient.decode(Buffer.from(text, "latin1"));
}
