// What the rule location-relative says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Location is neither a whole address nor a path from the root",
  summary: "The redirect names its target relative to the present address.",
  explanation:
    'In a CGI script Location must be a whole address (https://example.org/next) or a path that begins with "/" (/cgi-bin/next.py). Servers pass a relative one on, and browsers work it out from the address of the request, which depends on PATH_INFO and a slash at its end: sometimes right, sometimes not. Write the whole path; SCRIPT_NAME has the script\'s own.',
  reference: "RFC 3875 §6.3.2",
  logged: [
    { server: "Apache", message: null, answers: "302 Found, passed on" },
    { server: "lighttpd", message: null, answers: "302 Found, passed on" },
    { server: "nginx", message: null, answers: "302 Found, passed on" },
  ],
  fixes: [],
};
