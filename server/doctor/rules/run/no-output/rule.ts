// The script ended normally and wrote nothing.

import { traitsOf } from "../../../../contract/modes.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { endOfKept, processEvidence, wroteNothing } from "../../../evidence/output.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
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
  id: "no-output",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const { mode } = subject.route;
    const isElsewhere = traitsOf(mode)?.isExternal;
    if (!wroteNothing(subject) || (subject.process === null && !isElsewhere) || processEvidence(subject).length > 0)
      return null;
    if (subject.notes.failure === "cgi-program") return null; // it wrote, but not as a FastCGI application
    const words = lastWords(subject);
    const fact = (isElsewhere ? subject.detail : endOfKept(subject)) ?? "It ended normally, but stdout is empty.";
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      detail: `${fact} A response needs at least "Content-Type: …" and an empty line.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
    };
  },
};
