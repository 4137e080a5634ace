// What the rule header-too-large says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The header is too large",
  summary: "Servers bound the header's size; this one goes on beyond it, or never ends.",
  explanation:
    "Every server reads only so much as a header: nginx 4 or 8 KB in all, Apache 8 KB a line, Go 1 KB a line, lighttpd 64 KB in all. What goes beyond is refused. Large cookies, long lists of cache tags and warnings printed as headers are the usual causes; a script that writes a page without any empty line looks the same.",
  reference: "RFC 3875 §8.1",
  logged: [
    { server: "nginx", message: "upstream sent too big header while reading response header from upstream", answers: "502 Bad Gateway" },
    { server: "lighttpd", message: "response headers too large for U", answers: "502 Bad Gateway" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "Go", message: "cgi: long header line from subprocess.", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};
