// A fault of the program itself ended it: a bad pointer, a failed assertion.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { endOfKept, processEvidence, wroteNothing } from "../../../evidence/output.js";
import { faults } from "../../../evidence/signals.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "The script crashed before it wrote anything",
  summary: "The system ended the program because of a fault in it, such as a bad memory access.",
  explanation:
    "The program did something the system does not allow, and was ended on the spot: SIGSEGV is an access to memory that is not its own, SIGABRT an assertion or a corrupted heap, SIGFPE a division by zero, SIGILL an instruction this processor lacks. In a script the fault is usually in the interpreter or in one of its compiled modules. Nothing the program had in its output buffer was written.\n\nServers do not log the signal (only lighttpd does): they complain about missing headers.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "CGI pid n died with signal 11", answers: "500 Internal Server Error" },
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
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "crashed-before-output",
  text,
  when: "later",
  on: "fallback",
  check: (subject) => {
    const { process } = subject;
    if (!wroteNothing(subject) || !(process?.signal != null && faults.has(process.signal))) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: `The script crashed (${process.signal}) before it wrote anything`,
      detail:
        endOfKept(subject) ??
        `It was ended by ${process.signal} and stdout is empty, so there is no response to pass on.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
