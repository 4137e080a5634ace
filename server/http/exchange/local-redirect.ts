// RFC 3875 §6.2.2: the script answered with nothing but `Location: /path?query`, and the client is to get what a GET of that would
// have given. What of the original request goes along, and what concerned its body only.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { RequestHead } from "../../protocol/request.js";

const aboutTheBody: ReadonlySet<string> = new Set([
  "content-length",
  "content-type",
  "content-encoding",
  "transfer-encoding",
  "trailer",
  "expect",
]);

/** The request as the next script sees it. */
export function redirectedRequest(request: RequestHead, location: ByteString): RequestHead {
  return {
    method: byteString("GET"),
    target: location,
    httpVersion: request.httpVersion,
    headers: request.headers.filter(([name]) => !aboutTheBody.has(name.toLowerCase())),
  };
}
