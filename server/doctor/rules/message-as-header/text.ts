// What the rule message-as-header says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A message was printed and taken for a header",
  summary: 'A line such as "Warning: …" stands in the header: it has a colon, so servers take it for a field.',
  explanation:
    "Somebody printed a message before or within the header. Because there is a colon after its first word, every server takes it for a header field of that name and passes it on; nobody sees the message in the page, and nobody misses it. Write messages to standard error: >&2 in a shell script, print(…, file=sys.stderr) in Python, warn in Perl, error_log in PHP.",
  reference: "RFC 3875 §6.3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
