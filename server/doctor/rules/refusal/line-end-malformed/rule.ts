// A line of the head ends in LF or CR alone.
import type { RequestFaultCode } from "../../../../protocol/http1/request-fault.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<RequestFaultCode> = {
  "line-feed-alone": "End the line in CR LF, or set `policy.bareLineFeed` to `accept`.",
  "carriage-return-alone": "End the line in CR LF, and remove the carriage return from values.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "A line of the request ends in the wrong characters",
  summary: "Each line before the request body ends in CR LF, the bytes 0d 0a.",
  explanation:
    "HTTP ends each line of a request with two bytes, carriage return and line feed. Most servers also accept a line feed alone; this server does too unless `policy.bareLineFeed` is set to `reject`. A carriage return alone is different: some programs read it as the end of a line and others as part of a value, so that two servers in a row can disagree about which headers a request has. It is always refused.\n\nIn a shell write `printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'`; `echo` writes a line feed alone.",
  reference: "RFC 9112 §2.2",
  logged: [
    { server: "Apache", message: "AH02427: Request header value is malformed: TEXT", response: "400 Bad Request" },
    { server: "lighttpd", message: null, response: "400 Bad Request" },
    { server: "nginx", message: "client sent invalid header line: TEXT", response: "400 Bad Request" },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
