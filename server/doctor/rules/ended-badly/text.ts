// What the rule ended-badly says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "end",
  severity: "warning",
  title: "The script ended with a failure after its header",
  summary: "The response was passed on, and the script's exit code says that something went wrong.",
  explanation:
    "Every program ends with a number, its exit code: 0 means that all went well. This script had begun its response and then ended with another one. Browsers and servers cannot see that: the page was sent as far as it came, with the status the header promised. Look whether the page is whole, and at standard error.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: null, answers: "200 OK" },
    { server: "lighttpd", message: null, answers: "200 OK" },
    { server: "nginx", message: null, answers: "200 OK" },
  ],
  fixes: [],
};
