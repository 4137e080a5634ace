// What the rule meta-contradicts-header says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page and its header name different encodings",
  summary: "Content-Type says one encoding, the page's own <meta> or XML declaration another; the header wins.",
  explanation:
    'The encoding can be named in two places: in the header (Content-Type: …; charset=…) and in the page (<meta charset="…">). Where they differ, browsers believe the header, and programs that have only the saved file believe the page. Name the same in both: utf-8.',
  reference: "RFC 9110 §8.3.2, HTML Standard §13.2.3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: ["declare-charset"],
};
