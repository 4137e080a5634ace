// A CGI script in the mode "fastcgi": it writes its response to standard output and exits, and nothing of that reaches
// the client.
import { apache, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { processEvidence } from "../../../evidence/process.js";
import { stderrMatch } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A CGI script is run as a FastCGI application",
  summary:
    "The process wrote a CGI response, or read the request from standard input, and exited. A FastCGI application keeps running and answers over a socket.",
  explanation:
    "A CGI script is started once per request. It finds the request in its environment and on standard input, writes the response to standard output and exits. A FastCGI application is started once for many requests. Its descriptor 0 is a listening socket, and requests and responses travel over it as records. CGI Workbench started this script the second way, and the script behaved the first way, so no response arrived.\n\nRun it as CGI. To gain the speed of FastCGI, wrap the script in a loop with a FastCGI library: `FCGI` for Perl, `libfcgi` for C, `fcgi` for Ruby.",
  reference: "FastCGI §2.2",
  logged: [
    unproved(apache.says("AH01075: Error dispatching request to : (reading input brigade)", 503)),
    unproved(lighttpd.says("fcgi-backend failed to start", 500)),
    unproved(nginx.says("connect() failed (111: Connection refused) while connecting to upstream", 502)),
  ],
  fixes: ["run-as-cgi"],
  on: "failures",
  check: (facts) => {
    if (facts.notes.failure !== "cgi-program") return null;
    // The runner records its stdout there.
    const header = stderrMatch(facts, /(?:[Cc]ontent-[Tt]ype|[Ss]tatus|[Ll]ocation)[ \t]*:[^\n]*/);
    return { detail: facts.cause?.text ?? rule.summary, evidence: processEvidence(facts), ...header?.location };
  },
};
