// What the rule body-type-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The request has a body and does not say of what type",
  summary: "Without Content-Type a form library finds no form, and the script sees an empty one.",
  explanation:
    "A form arrives with Content-Type: application/x-www-form-urlencoded, or multipart/form-data for uploads. Libraries that read forms look at it (CONTENT_TYPE for the script) and read nothing without it. Have the client send it.",
  reference: "RFC 3875 §4.1.3",
  logged: [
    { server: "Apache", message: null, answers: "CONTENT_TYPE unset or empty" },
    { server: "lighttpd", message: null, answers: "CONTENT_TYPE unset or empty" },
    { server: "nginx", message: null, answers: "CONTENT_TYPE unset or empty" },
  ],
  fixes: [],
};
