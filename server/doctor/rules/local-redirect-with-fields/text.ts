// What the rule local-redirect-with-fields says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Servers differ over this redirect",
  summary: "Location is a path and stands beside other fields: CGI knows no such answer, and each server does something else.",
  explanation:
    'CGI has two redirects. "Location: /path" alone asks the server to serve that path itself, unseen by the browser. A Location with a whole address (http://…) and a Status sends the browser there. This answer mixes them: a path, beside other fields. Apache serves the path and drops the rest; lighttpd and nginx send the browser there. Remove the other fields, or add "Status: 302 Found".',
  reference: "RFC 3875 §6.2.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, the page at that path" },
    { server: "lighttpd", message: null, answers: "302 Found with the body" },
    { server: "nginx", message: null, answers: "302 Found with the body" },
  ],
  fixes: [],
};
