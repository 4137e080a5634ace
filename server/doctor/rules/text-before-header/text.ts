// What the rule text-before-header says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Something was printed before the header",
  summary: "A debug print, a warning or a message stands where the header should begin.",
  explanation:
    "The header is there, but something else was written before it or in the middle of it: a debug print, a warning of a library, the output of a command the script calls. The first thing on standard output must be the header. Send everything else to standard error, where it ends up in the log: print(…, file=sys.stderr) in Python, print STDERR in Perl, >&2 in a shell script.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: "malformed header from script 'S': Bad header: TEXT", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "200 OK with the text and the header in the page" },
    { server: "nginx", message: 'upstream sent invalid header: "TEXT..."', answers: "502 Bad Gateway" },
    { server: "Go", message: "cgi: bogus header line: TEXT", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};
