// Quotes untrusted bytes inside a sentence: for the doctor, error pages and traces.
import type { ByteString } from "../contract/bytes-text.js";
import { latin1 } from "./byte-string.js";
import { hexEscape } from "./hex.js";

/** Printable ASCII as it is, other bytes as \xNN. */
export const escapeBytes = (bytes: ByteString): string =>
  bytes.replace(/[^\x20-\x7e]/g, (byte) => (byte === "\r" ? "\\r" : byte === "\t" ? "\\t" : hexEscape(byte)));

/** Between quotation marks: as `escapeBytes` shows it, cut after 60 bytes. */
export const quoteBytes = (bytes: ByteString): string =>
  `“${escapeBytes(latin1(bytes.slice(0, 60)))}${bytes.length > 60 ? "…" : ""}”`;
