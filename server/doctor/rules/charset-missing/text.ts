// What the rule charset-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "hint",
  title: "The page does not say which encoding it is in",
  summary: "There are letters beyond ASCII, and neither Content-Type nor the page names their encoding, so the browser guesses.",
  explanation:
    "Bytes have no meaning by themselves: “ü” is C3 BC in UTF-8 and FC in Latin-1. When neither Content-Type nor a <meta> says which it is, browsers take windows-1252, or guess from the reader's language. UTF-8 then appears as “Ã¼”. Write Content-Type: text/html; charset=utf-8, and UTF-8.",
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: ["declare-charset"],
};
