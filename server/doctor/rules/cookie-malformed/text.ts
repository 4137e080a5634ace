// What the rule cookie-malformed says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A cookie is not written as cookies are",
  summary: "A cookie's name or value holds something that does not belong there, or its date cannot be read.",
  explanation:
    "A cookie is name=value and then attributes, separated by semicolons. Names are letters, digits and a few signs. Values must not hold spaces, commas, quotes, backslashes or letters that are not ASCII: browsers cut them off or send them back in different ways. Encode the value with percent signs, or base64. Each cookie needs a Set-Cookie line of its own: they cannot be joined with commas.",
  reference: "RFC 6265 §4.1",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
