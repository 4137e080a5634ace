// What the rule no-output says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "The script wrote nothing",
  summary: "It ended without an error, but stdout is empty, so there is no response to pass on.",
  explanation:
    "A CGI script answers by writing to its standard output: header lines, an empty line, then the page. This one wrote nothing there and ended as if all were well. Look for a branch that prints nothing, for output that goes to a file or to standard error instead, or for a program whose output is held in a buffer and lost because it ends without flushing (os._exit in Python, exec in Perl).",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "An error occurred while reading CGI reply (no response received)", answers: "502 Bad Gateway" },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      answers: "502 Bad Gateway, for a FastCGI program that does so",
      unproved: true,
    },
    { server: "Go", message: "cgi: no headers", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};
