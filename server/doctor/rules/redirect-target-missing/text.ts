// What the rule redirect-target-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The local redirect leads nowhere",
  summary: "The script asks the server to serve another path, and that path means nothing here.",
  explanation:
    'A script that answers with nothing but "Location: /path" asks the server to serve that path instead. This path cannot be served: it is malformed, or holds what servers refuse.',
  reference: "RFC 3875 §6.2.2",
  logged: [
    { server: "Apache", message: null, answers: "404 Not Found" },
    { server: "lighttpd", message: null, answers: "404 Not Found" },
    { server: "nginx", message: null, answers: "302 Found, to the client" },
  ],
  fixes: [],
};
