// What the rule markup-before-header says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Markup was printed before the header",
  summary: "HTML comes before the header: cgitb and other helpers print a comment before any header.",
  explanation:
    "The output begins with HTML, and the header comes only later. Python's cgitb.enable() does this when an error happens before the header was printed: it writes an HTML comment and a header of its own. Print the header before anything that may fail, or have errors go to standard error.",
  reference: "RFC 3875 §6.3",
  logged: [
    {
      server: "Apache",
      message: "AH02429: Response header name '<!-- TEXT' contains invalid characters, aborting request",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK with that line among the headers" },
    { server: "nginx", message: 'upstream sent invalid header: "<!--..."', answers: "502 Bad Gateway" },
  ],
  fixes: [],
};
