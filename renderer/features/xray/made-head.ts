// The head of a request that came over no connection: the server makes one itself for a local redirect (RFC 3875
// §6.2.2), and a HAR file has the parts of one. Written down as it would have been sent, so that it can be read like
// any other.
import type { ByteString } from "../../../server/contract/bytes-text.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { toByteString } from "../../format/bytes-text.js";

/** Empty when there was no request line either. */
export function madeHead(
  request: Pick<TraceView["request"], "method" | "target" | "httpVersion" | "headers">,
): ByteString {
  const method = toByteString(request.method);
  const target = toByteString(request.target);
  if (method === "" || target === "") return byteString("");
  const lines = [
    `${method} ${target} HTTP/${request.httpVersion}`,
    ...request.headers.map(([name, value]) => `${toByteString(name)}: ${toByteString(value)}`),
  ];
  return byteString(`${lines.join("\r\n")}\r\n\r\n`);
}
