// What the rule output-held-back says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "hint",
  title: "The output came late, when a buffer was full or the script ended",
  summary: "The script took more than two seconds and its output waited in a buffer: it came as the script ended, or 4 or 8 KB at a time.",
  explanation:
    "Programs collect their output in a buffer, 4 or 8 KB of it, and write it when the buffer is full or the program ends. In a terminal each line appears at once; in a server it does not. For a page that grows, or for server-sent events, the script must flush after each part: print(…, flush=True) or python3 -u, $| = 1 in Perl, fflush in C. Servers may hold output back too: nginx until a header X-Accel-Buffering: no says otherwise.",
  reference: null,
  logged: [
    { server: "Apache", message: null, answers: "200 OK, late" },
    { server: "lighttpd", message: null, answers: "200 OK, late" },
    { server: "nginx", message: null, answers: "200 OK, late" },
  ],
  fixes: ["flush-output"],
};
