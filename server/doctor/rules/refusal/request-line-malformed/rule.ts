// The first line is not method, target and version.
import type { RequestFaultCode } from "../../../../protocol/http1/request-fault.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<RequestFaultCode> = {
  "method-invalid": "Write the method as one word of letters, digits and the characters `!#$%&'*+-.^_`|~`.",
  "request-line-incomplete": "Write all three parts. HTTP/0.9, which had no version, is not supported.",
  "request-line-spaces": "Write one space between the parts, and `%20` for a space in the target.",
  "target-invalid-byte": "Write a space as `%20` and a control byte as `%` and two hexadecimal digits.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The request line is malformed",
  summary: "The first line of a request consists of method, target and version, with one space between them.",
  explanation:
    "A request line is `METHOD target HTTP/1.1`: three parts, one space between them. Servers split the line at its spaces, so a space inside the target makes a fourth part, and different servers then see different targets. In a URL a space is written `%20` (or `+` in a query), a control character as `%` and two hexadecimal digits.\n\nClients that build the line from pieces should percent-encode each piece: `encodeURIComponent` in JavaScript, `urllib.parse.quote` in Python, `URI::Escape` in Perl.",
  reference: "RFC 9112 §3",
  logged: [
    {
      server: "Apache",
      message: "AH03448: HTTP Request Line; Excess whitespace (disallowed by HttpProtocolOptions Strict)",
      response: "400 Bad Request",
    },
    { server: "lighttpd", message: null, response: "200 OK: the space stays in the target" },
    {
      server: "nginx",
      message: "client sent invalid request while reading client request line",
      response: "400 Bad Request",
    },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
