// What the rule character-cut says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page ends in the middle of a character",
  summary: "The last character's bytes are not all there: text was cut by bytes, not by characters.",
  explanation:
    "In UTF-8 a letter such as “ü” has two bytes, “€” three, an emoji four. The page was cut between them, by substr or a column that counts bytes, or a buffer of fixed size. Cut text where it is still text, then encode it.",
  reference: "RFC 3629 §3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
