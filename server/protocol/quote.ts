// Quotes untrusted bytes inside a sentence: for the doctor, error pages and traces.
import type { ByteString } from "../contract/bytes-text.js";

/** Between quotation marks: printable ASCII as it is, other bytes as \xNN, cut after 60 bytes. */
export function quoteBytes(bytes: ByteString): string {
  const shown = bytes
    .slice(0, 60)
    .replace(/[^\x20-\x7e]/g, (byte) =>
      byte === "\r" ? "\\r" : byte === "\t" ? "\\t" : `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`,
    );
  return `“${shown}${bytes.length > 60 ? "…" : ""}”`;
}
