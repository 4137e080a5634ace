// What the rule failed-before-output says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "The script failed before it wrote anything",
  summary: "It ended with an exit code that means failure, and stdout is empty.",
  explanation:
    "Every program ends with a number, its exit code: 0 means that all went well, anything else that it did not. This script ended with another one before it had written a response. What it wrote to standard error, if anything, says why; servers put that into their error log, far from the browser.",
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
