// What the rule cookie-refused says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Browsers will refuse this cookie",
  summary: "The cookie's attributes contradict each other or the address, so browsers drop it without a word.",
  explanation:
    "Browsers refuse some cookies silently, and the script sees no cookie in the next request. SameSite=None needs Secure. A name that begins with __Secure- needs Secure; one that begins with __Host- needs Secure, Path=/ and no Domain. Domain must be the host of the address or one above it. Name and value together may have 4096 bytes.",
  reference: "RFC 6265 §5.3, RFC 6265bis §5.7",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
