// What the rule field-repeated says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A header field is there more than once",
  summary: "HTTP allows this field once; servers and clients disagree on which one counts.",
  explanation:
    "Some fields may be repeated (Set-Cookie, Vary); others have one value, and the answer must say it once. With two, Apache and nginx take the last, lighttpd sends both, and browsers decide each in its own way. Often a library writes the field too: look who else prints a header.",
  reference: "RFC 9110 §5.3, RFC 3875 §6.3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with the last one" },
    { server: "lighttpd", message: null, answers: "200 OK with both" },
    { server: "nginx", message: null, answers: "200 OK with the last one" },
  ],
  fixes: [],
};
