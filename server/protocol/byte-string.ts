// Byte strings: text whose characters are bytes, the form in which node:http gives heads and an environment is built.
import type { ByteString } from "../contract/bytes-text.js";

/** A constant of our own, or a value known to hold characters up to U+00FF only, as a byte string. */
export function byteString(text: string): ByteString {
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) > 0xff)
      throw new RangeError(`not a byte string: U+${text.charCodeAt(i).toString(16)} at ${i}`);
  return text as ByteString;
}

/**
 * Text that has one character per byte already: what node:http gives, what was decoded as
 * latin1, a part of a byte string. Not looked at.
 */
export const latin1 = (text: string): ByteString => text as ByteString;

/** The bytes `[from, to)` as a byte string. */
export function fromBytes(bytes: Uint8Array, from = 0, to = bytes.length): ByteString {
  if (isNodeBuffer(bytes)) return latin1(bytes.latin1Slice(from, to));
  let text = "";
  // Not a spread call: that walks a typed array through its iterator, five times slower for a header line.
  for (let at = from; at < to; at += 8192)
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(at, Math.min(at + 8192, to)));
  return text as ByteString;
}

/** Node's own do in native code what a loop takes ten times longer for. */
const isNodeBuffer = (bytes: Uint8Array): bytes is Uint8Array & { latin1Slice(from: number, to: number): string } =>
  "latin1Slice" in bytes;

/** A byte string as bytes. */
export function toBytes(text: ByteString): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** For what outlives the text that it is a part of: a part keeps all of that in memory. */
export const copyOf = (part: ByteString): ByteString => fromBytes(toBytes(part));

const encoder = new TextEncoder();
const isAscii = /^[\0-\x7f]*$/;

/** Decoded text as the byte string of its UTF-8 form; a lone surrogate becomes U+FFFD, as everywhere on the web. */
export const utf8 = (text: string): ByteString => (isAscii.test(text) ? latin1(text) : fromBytes(encoder.encode(text)));

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text whose UTF-8 form these bytes are, a byte order mark included; null: they are none. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null; // not UTF-8
  }
}
