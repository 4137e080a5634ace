// A header line of the request is not a name, a colon and a value.
import type { RequestFaultCode } from "../../../../protocol/http1/request-fault.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<RequestFaultCode> = {
  "header-folded": "Write the value on one line, or set `policy.foldedRequestHeader` to `join`.",
  "header-folded-first": "Remove the space at the beginning of the line.",
  "header-without-colon": "Write a colon after the name. A blank line must come before the request body.",
  "header-name-empty": "Write a name before the colon, or remove the line.",
  "header-name-invalid-byte": "Remove the byte from the name; a hyphen can take the place of a space.",
  "header-space-before-colon": "Remove the space before the colon.",
  "header-value-invalid-byte": "Remove the control byte from the value, or percent-encode it.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "A request header is malformed",
  summary: "A header line is a name, a colon directly after it, and a value.",
  explanation:
    "A header name is a token: letters, digits and the characters `!#$%&'*+-.^_`|~`. It has no spaces, and the colon follows it directly. A value may hold any byte except control bytes; a tab is allowed. Servers read everything else in different ways. One that ignores a line with a space in its name, behind one that takes it, is how requests are smuggled past a filter, so servers refuse such requests.\n\nA header that continues on a second, indented line is obsolete. By default this server joins the lines as Apache and lighttpd do; `policy.foldedRequestHeader` can refuse them.",
  reference: "RFC 9112 §5",
  logged: [
    { server: "Apache", message: "AH02426: Request header field name is malformed: TEXT", response: "400 Bad Request" },
    { server: "lighttpd", message: null, response: "400 Bad Request" },
    { server: "nginx", message: "client sent invalid header line: TEXT", response: "400 Bad Request" },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
