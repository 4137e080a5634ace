// What the rule cgi-run-as-fastcgi says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "A CGI script is run as a FastCGI application",
  summary: "It wrote a CGI answer, or looked for the request on its standard input, and ended; a FastCGI application stays and speaks over a socket.",
  explanation:
    "A CGI script is started for each request: it finds the request in its environment and on standard input, writes the answer to standard output and ends. A FastCGI application is started once. Its descriptor 0 is a listening socket, over which requests and answers travel as records, one after the other. This script was started in the second way and behaved in the first, so that nobody answered.\n\nRun it as CGI. To gain what FastCGI gives, put a loop round it with a library that speaks FastCGI: FCGI for Perl, libfcgi for C, fcgi for Ruby.",
  reference: "FastCGI §2.2",
  logged: [
    { server: "Apache", message: "AH01075: Error dispatching request to : (reading input brigade)", answers: "503 Service Unavailable", unproved: true },
    { server: "lighttpd", message: "fcgi-backend failed to start", answers: "500 Internal Server Error", unproved: true },
    { server: "nginx", message: "connect() failed (111: Connection refused) while connecting to upstream", answers: "502 Bad Gateway", unproved: true },
  ],
  fixes: ["run-as-cgi"],
};
