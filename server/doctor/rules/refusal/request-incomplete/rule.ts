// The client stopped in the middle of its request.
import type { ConnectionFaultCode } from "../../../../http/front/messages.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<ConnectionFaultCode> = {
  "head-timeout": "End the headers in a blank line: CR LF twice in a row.",
  "head-incomplete": "End the headers in a blank line: CR LF twice in a row.",
  "closed-in-head": "End the headers in a blank line: CR LF twice in a row.",
  "body-incomplete": "Send as many bytes as Content-Length gives, or the last chunk of a chunked body.",
  "body-too-slow": "Send the request body faster, or when fewer requests wait.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The request never arrived completely",
  summary: "The client stopped sending before the request was complete.",
  explanation:
    "The headers of a request end in a blank line, and the server cannot answer before it has read that line. A client that forgets it waits for the server while the server waits for the client. A request body ends after the number of bytes that `Content-Length` gives; a client that counts characters instead of bytes announces the wrong number. The connection may also have been cut.",
  reference: "RFC 9112 §8",
  logged: [],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
