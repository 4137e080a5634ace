// What the rule empty-line-first says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "An empty line stands before the header",
  summary: "The first line is empty, which ends the header before it began; the header lines become a part of the page.",
  explanation:
    "The empty line is what ends the header. When it comes first, the header is empty and everything after it, the intended header included, is the page. A print without arguments, a line end before the first header, or an empty line before <?php does this.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with the header in the page" },
    { server: "lighttpd", message: null, answers: "200 OK with the header in the page" },
    { server: "fcgiwrap", message: "An error occurred while parsing CGI reply", answers: "502 Bad Gateway" },
  ],
  fixes: [],
};
