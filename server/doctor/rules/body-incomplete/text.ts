// What the rule body-incomplete says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "request",
  severity: "error",
  title: "The request's body never came whole, and the script waited for it",
  summary: "CONTENT_LENGTH promised more bytes than the client sent.",
  explanation:
    "A request says in Content-Length how many bytes its body has, and a script that reads that many waits until they are there. Here fewer came, so the script waited until the limit. The fault is the client's: a length counted in characters instead of bytes, an upload that broke off, or a program that never sends its body.",
  reference: "RFC 3875 §4.2",
  logged: [
    { server: "Apache", message: "AH01225: Error reading request entity data", answers: "408 Request Timeout" },
    { server: "lighttpd", message: null, answers: "closes the connection without an answer" },
    { server: "nginx", message: null, answers: "closes the connection without an answer" },
  ],
  fixes: [],
};
