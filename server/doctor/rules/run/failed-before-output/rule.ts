// The script ended with an exit code of its own before it wrote anything.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { endOfKept, processEvidence, wroteNothing } from "../../../evidence/output.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
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
    {
      server: "fcgiwrap",
      message: "An error occurred while reading CGI reply (no response received)",
      answers: "502 Bad Gateway",
    },
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

export const rule: DeferredRule = {
  id: "failed-before-output",
  text,
  when: "later",
  on: "fallback",
  check: (subject) => {
    const { process } = subject;
    if (!wroteNothing(subject) || !((process?.exitCode ?? 0) !== 0)) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: "The script failed before it wrote anything",
      detail:
        endOfKept(subject) ??
        `It ended with exit code ${process?.exitCode ?? "unknown"} and stdout is empty, so there is no response to pass on.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
