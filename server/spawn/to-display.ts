// Byte strings as text, for messages and for Node functions that accept text only. Bytes that are not UTF-8 become
// U+FFFD.
import type { ByteString } from "../contract/bytes-text.js";

export function toDisplay(text: ByteString): string {
  return Buffer.from(text, "latin1").toString("utf8");
}
