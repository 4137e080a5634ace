// What the rule output-held-back says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "hint",
  title: "The output came all at once, at the end",
  summary: "The script took more than two seconds and the browser saw nothing until it ended: its output waited in a buffer.",
  explanation:
    "Programs collect their output in a buffer, 4 or 8 KB of it, and write it when the buffer is full or the program ends. In a terminal each line appears at once; in a server it does not. For a page that grows, or for server-sent events, the script must flush after each part: print(…, flush=True) or python3 -u, $| = 1 in Perl, fflush in C. Servers may hold output back too: nginx until a header X-Accel-Buffering: no says otherwise.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: null,
      answers: "the page, late",
    },
    {
      server: "lighttpd",
      message: null,
      answers: "the page, late",
    },
    {
      server: "nginx",
      message: null,
      answers: "the page, late",
    },
  ],
  fixes: ["flush-output"],
};
