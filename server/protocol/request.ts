// A request's head as the rules of this folder see it: names and values are
// bytes, in the order and spelling of the wire.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";

/** A header field: name and value, the value without the white space round it. */
export type HeaderPair = readonly [ByteString, ByteString];
/** A header field's name and why something was done to it. */
export type NameAndWhy = readonly [ByteString, Message];

export interface RequestHead {
  /** Case-sensitive (RFC 9110 §9.1). */
  readonly method: ByteString;
  /** The request target as sent (RFC 9112 §3.2). */
  readonly target: ByteString;
  readonly httpVersion: "1.0" | "1.1";
  readonly headers: readonly HeaderPair[];
}
