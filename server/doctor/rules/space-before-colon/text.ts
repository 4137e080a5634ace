// What the rule space-before-colon says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "A header name has a space before its colon",
  summary: "Between a field's name and the colon stands a space.",
  explanation:
    'A header line is a name, a colon and a value, and nothing may stand between name and colon: "Content-Type: text/html", not "Content-Type : text/html". Servers either refuse the whole answer or lose the field.',
  reference: "RFC 3875 §6.3, RFC 9112 §5.1",
  logged: [
    {
      server: "Apache",
      message: "AH02429: Response header name 'Content-Type ' contains invalid characters, aborting request",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK, the header is dropped" },
    { server: "nginx", message: 'upstream sent invalid header: "Content-Type\\x20..."', answers: "502 Bad Gateway" },
  ],
  fixes: [],
};
