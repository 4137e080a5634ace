// The chunked request body does not follow its grammar.
import type { RequestFaultCode } from "../../../../protocol/http1/request-fault.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, bodyRefusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<RequestFaultCode> = {
  "chunk-size-invalid": "Write the size in hexadecimal digits, without a prefix.",
  "chunk-size-too-large": "Write the real size of the chunk.",
  "chunk-extension-invalid": "Remove the extension after the size.",
  "chunk-line-end-invalid": "End the line in CR LF.",
  "chunk-data-end-invalid": "Count the bytes of the chunk, not its characters, and write the size in hexadecimal.",
  "trailer-invalid": "Write trailers like headers, or remove them.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The chunked request body is malformed",
  summary: "Each chunk is its size in hexadecimal, CR LF, that many bytes, and CR LF.",
  explanation:
    "With `Transfer-Encoding: chunked` the body consists of chunks. Each chunk begins with its size in hexadecimal digits on a line of its own, then come exactly that many bytes, then CR LF. A chunk of size 0 and a blank line end the body. Here a chunk breaks this pattern, so the server cannot tell data from sizes. Usually the size counts characters instead of bytes, is written in decimal, or a line ends in LF alone.",
  reference: "RFC 9112 §7.1",
  logged: [
    { server: "Apache", message: "AH01225: Error reading request entity data", response: "400 Bad Request" },
    { server: "lighttpd", message: "chunked data missing end CRLF -> 400", response: "400 Bad Request" },
    { server: "nginx", message: "client sent invalid chunked body", response: "400 Bad Request" },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => bodyRefusalOf(facts, advice),
};
