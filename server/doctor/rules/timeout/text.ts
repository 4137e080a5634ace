// What the rule timeout says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "end",
  severity: "error",
  title: "The script took too long and was ended",
  summary: "It wrote nothing for longer than the server waits.",
  explanation:
    "A server waits only so long for a script, then ends it, so that a hung one does not hold a connection for ever. Either the script computes or waits for something else (a database, the network, a lock) longer than the limit, or it reads from standard input more than there is, or it never ends. The timing view shows what it did until then. If the work really takes so long, write something while it goes on, or raise the limit.",
  reference: "RFC 3875 §6.1",
  logged: [
    { server: "Apache", message: "AH01220: Timeout waiting for output from CGI script S", answers: "504 Gateway Timeout" },
    { server: "Apache", message: "Script timed out before returning headers: S", answers: "504 Gateway Timeout" },
    { server: "lighttpd", message: "read timeout on CGI: S (pid: n)", answers: "504 Gateway Timeout" },
    { server: "nginx", message: "upstream timed out (110: Connection timed out) while reading response header from upstream", answers: "504 Gateway Time-out" },
  ],
  fixes: [],
};
