// What the rule encodings-mixed says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page mixes two encodings",
  summary: "Some of the page is UTF-8 and some is Latin-1, so no declaration can be right.",
  explanation:
    "Parts of the page come from different places and are encoded differently: the script in UTF-8, a file or a form in Latin-1. No charset makes such a page readable. Convert everything to UTF-8 where it comes in: when a file is read, when a form is parsed, when a database is asked.",
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
