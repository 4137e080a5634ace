// What the rule header-large says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Other servers would refuse so large a header",
  summary: "The header is larger than what nginx or Go read.",
  explanation:
    "Every server reads only so much as a header: nginx 4 or 8 KB in all (fastcgi_buffer_size), Apache 8 KB a line, Go 1 KB a line. This one was small enough here and will not be there. Large cookies and long lists of cache tags are the usual causes.",
  reference: "RFC 3875 §8.1",
  logged: [
    { server: "nginx", message: "upstream sent too big header while reading response header from upstream", answers: "502 Bad Gateway" },
    { server: "Go", message: "cgi: long header line from subprocess.", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};
