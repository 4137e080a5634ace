// What the rule byte-order-mark-before-json says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "A byte order mark stands before the JSON",
  summary: "JSON must not begin with a byte order mark.",
  explanation:
    'The answer begins with three invisible bytes, EF BB BF, written by an editor or by encoding="utf-8-sig". JSON does not allow them: JSON.parse and most libraries fail at the first character, though everything looks right. Write plain UTF-8.',
  reference: "RFC 8259 §8.1",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
