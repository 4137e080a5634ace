// Decoded paths of a URL back into the form that travels: for Location headers and for the targets shown beside files.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "../protocol/byte-string.js";

/** RFC 3986 §3.3: what a path may hold as it is. "%" is not among it, so that encoding and decoding are each other's inverse. */
const plain = /[A-Za-z0-9\-._~!$&'()*+,;=:@/]/;

/** A decoded path, percent-encoded where it must be. */
export function encodePath(path: ByteString): ByteString {
  let out = "";
  for (const c of path) out += plain.test(c) ? c : `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  return byteString(out);
}

/** The last segment: "" when the path ends in a slash. */
export function baseName(path: ByteString): ByteString {
  return byteString(path.slice(path.lastIndexOf("/") + 1));
}

/** ".py" of "sum.py", in lower case; "" when there is none. */
export function extensionOf(name: ByteString): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot).toLowerCase() : "";
}
