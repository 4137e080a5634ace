// The head of a request that never came over the wire, as it would have: of a local redirect's run (RFC 3875 §6.2.2),
// or of a request from another tool's file.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { RecordedRequest } from "./recorded-request.js";

/** What says how long a body is. */
const framingHeader = /^(?:content-length|transfer-encoding)$/i;

/** In HTTP/1.1, unless it is HTTP/1.0: what another version has is no head. */
export function madeHead(
  { method, target, httpVersion, headers }: Omit<RecordedRequest, "body">,
  bodyBytes: number,
): ByteString {
  const lines = [`${method} ${target} HTTP/${httpVersion === "1.0" ? "1.0" : "1.1"}`];
  // As long as the body that is here: a longer one would be a further request. Scripts see whether
  // an empty one was announced.
  for (const [name, value] of headers) if (!framingHeader.test(name)) lines.push(`${name}: ${value}`);
  if (bodyBytes > 0 || headers.some(([name]) => framingHeader.test(name))) lines.push(`Content-Length: ${bodyBytes}`);
  return byteString(`${lines.join("\r\n")}\r\n\r\n`);
}
