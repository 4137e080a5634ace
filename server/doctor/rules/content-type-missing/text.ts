// What the rule content-type-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "The page has no Content-Type",
  summary: "The response has a page and does not say what it is, so the browser guesses.",
  explanation:
    "Content-Type tells what the bytes of the page are: text/html, image/png, application/json. Without it a browser looks at the first bytes and guesses, and may guess wrong, or differently from the next browser. Go's server refuses such a response.",
  reference: "RFC 3875 §6.2.1",
  logged: [
    { server: "Go", message: "cgi: missing required Content-Type in headers", answers: "500 Internal Server Error", unproved: true },
    { server: "Apache", message: null, answers: "200 OK without Content-Type" },
    { server: "lighttpd", message: null, answers: "200 OK without Content-Type" },
    { server: "nginx", message: null, answers: "200 OK without Content-Type" },
  ],
  fixes: ["add-content-type"],
};
