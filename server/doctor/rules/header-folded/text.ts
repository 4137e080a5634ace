// What the rule header-folded says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "A header line goes on in the next line",
  summary: "A line of the header begins with a space or a tab, as if it continued the one before.",
  explanation:
    "E-mail allows a long header line to be continued in the next one, which then begins with a space. CGI has no such rule: each field is one line. Often a value holds a line end that nobody noticed: text from a form, a wrapped cookie, a base64 value broken after 76 characters. Write the value in one line.",
  reference: "RFC 3875 §6.3",
  logged: [
    { server: "Apache", message: "malformed header from script 'S': Bad header:  b", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "200 OK, the continuation is dropped" },
    { server: "nginx", message: 'upstream sent invalid header: "\\x20..."', answers: "502 Bad Gateway" },
  ],
  fixes: [],
};
