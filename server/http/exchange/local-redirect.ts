// Local redirects (RFC 3875 §6.2.2): the script's response is `Location: /path?query` alone, and the client gets the
// response to a GET of that target. The headers of the original request are passed on, except for those about its body.
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
