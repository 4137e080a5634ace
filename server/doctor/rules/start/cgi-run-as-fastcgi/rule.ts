// A CGI script in the mode "fastcgi": it answers on its standard output and ends, and nothing of that reaches the client.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { processEvidence } from "../../../evidence/output.js";
import { stderrMatch } from "../../../evidence/stderr-match.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "A CGI script is run as a FastCGI application",
  summary:
    "It wrote a CGI answer, or looked for the request on its standard input, and ended; a FastCGI application stays and speaks over a socket.",
  explanation:
    "A CGI script is started for each request: it finds the request in its environment and on standard input, writes the answer to standard output and ends. A FastCGI application is started once. Its descriptor 0 is a listening socket, over which requests and answers travel as records, one after the other. This script was started in the second way and behaved in the first, so that nobody answered.\n\nRun it as CGI. To gain what FastCGI gives, put a loop round it with a library that speaks FastCGI: FCGI for Perl, libfcgi for C, fcgi for Ruby.",
  reference: "FastCGI §2.2",
  logged: [
    {
      server: "Apache",
      message: "AH01075: Error dispatching request to : (reading input brigade)",
      answers: "503 Service Unavailable",
      unproved: true,
    },
    {
      server: "lighttpd",
      message: "fcgi-backend failed to start",
      answers: "500 Internal Server Error",
      unproved: true,
    },
    {
      server: "nginx",
      message: "connect() failed (111: Connection refused) while connecting to upstream",
      answers: "502 Bad Gateway",
      unproved: true,
    },
  ],
  fixes: ["run-as-cgi"],
};

export const rule: DeferredRule = {
  id: "cgi-run-as-fastcgi",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    if (facts.notes.failure !== "cgi-program") return null;
    const header = stderrMatch(facts, /(?:[Cc]ontent-[Tt]ype|[Ss]tatus|[Ll]ocation)[ \t]*:[^\n]*/); // what it wrote beside FastCGI is there
    return { detail: facts.detail ?? text.summary, evidence: processEvidence(facts), ...header?.place };
  },
};
