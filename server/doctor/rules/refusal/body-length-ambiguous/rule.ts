// Two servers may see the end of the request body in two places.
import type { RequestFaultCode } from "../../../../protocol/http1/request-fault.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<RequestFaultCode> = {
  "content-length-invalid": "Write the number of bytes in decimal digits, without a sign.",
  "content-length-repeated": "Send Content-Length once.",
  "content-length-and-transfer-encoding": "Remove one of the two headers.",
  "transfer-encoding-in-http-1-0": "Send Content-Length, or use HTTP/1.1.",
  "transfer-encoding-not-chunked-last": "Let the header be `Transfer-Encoding: chunked`.",
  "transfer-encoding-unknown":
    "Let the header be `Transfer-Encoding: chunked`. For a compressed body use Content-Encoding.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The length of the request body is not clear",
  summary: "The headers that say where the body ends contradict each other or are malformed.",
  explanation:
    "A request body ends after `Content-Length` bytes, or after its last chunk if the request has `Transfer-Encoding: chunked`. If both are there, if there are two lengths, or if the length is not a plain number, a proxy and a server behind it can choose different ends. The rest of the body then becomes the beginning of the next request, which nobody checked: request smuggling. That is why the request is refused instead of repaired.\n\nSet one of the two headers, once. HTTP libraries set the right one if the program does not set any.",
  reference: "RFC 9112 §6.3",
  logged: [
    { server: "Apache", message: "AH10242: client sent invalid Content-Length (TEXT): U", response: "400 Bad Request" },
    { server: "lighttpd", message: null, response: "400 Bad Request" },
    { server: "nginx", message: "client sent duplicate header line: TEXT", response: "400 Bad Request" },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
