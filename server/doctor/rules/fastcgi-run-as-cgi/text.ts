// What the rule fastcgi-run-as-cgi says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "A FastCGI application is run as a CGI script",
  summary: "It waits for connections on its descriptor 0; run as CGI that is the request's body, and no socket.",
  explanation:
    "A FastCGI application is started once and finds a listening socket as its descriptor 0, over which requests come one after the other. Run as CGI it finds the request's body there instead, cannot accept a connection on it, and ends without an answer. Some libraries notice that and answer a single request as CGI (libfcgi with FCGI_Accept, FCGI for Perl); many programs do not.\n\nRun it as FastCGI: its processes are then kept, and each request is passed on to one of them. A program whose name ends in .fcgi is run in this way without being told.",
  reference: "FastCGI §2.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      answers: "502 Bad Gateway",
    },
  ],
  fixes: ["run-as-fastcgi"],
};
