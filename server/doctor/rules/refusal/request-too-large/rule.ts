// The request exceeds a size limit.
import type { exchangeMessage } from "../../../../http/exchange/messages.js";
import type { RequestFaultCode } from "../../../../protocol/http1/request-fault.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<RequestFaultCode | (typeof exchangeMessage.codes)[number]> = {
  "request-line-too-large": "Send the data in a request body, with POST.",
  "request-head-too-large": "Remove or shorten headers. Large cookies are the usual cause.",
  "chunk-extensions-too-large": "Remove the chunk extensions.",
  "trailers-too-large": "Remove the trailers.",
  "body-too-large": "Send less, or raise the limit.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The request is larger than the server allows",
  summary: "A size limit of the server was exceeded, so the request was refused.",
  explanation:
    "The server reads a request line and its headers into memory before it can decide anything, so their size is limited, as on every server. The usual cause is a large or growing cookie, or a form that was sent with GET: its fields then become part of the target. Send large forms with POST.\n\nThe limit of the request body is `limits.requestBodyBytes` in cgi-workbench.json.",
  reference: "RFC 9110 §15.5.14",
  logged: [
    {
      server: "Apache",
      message: "AH00561: Request header exceeds LimitRequestFieldSize: NAME",
      response: "400 Bad Request",
    },
    {
      server: "lighttpd",
      message: "oversized request-header -> sending Status 431",
      response: "431 Request Header Fields Too Large",
    },
    { server: "nginx", message: "client sent too long header line: TEXT", response: "400 Bad Request" },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
