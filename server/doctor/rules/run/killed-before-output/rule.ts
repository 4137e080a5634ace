// Somebody else ended the script: a limit, an administrator, the system short of memory.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { endOfKept, processEvidence, wroteNothing } from "../../../evidence/output.js";
import { faults } from "../../../evidence/signals.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "The script was killed before it wrote anything",
  summary: "Another program or a limit of the system ended it.",
  explanation:
    "A signal from outside ended the script: SIGKILL often means that memory ran out and the system chose it, or that a limit was reached (SIGXCPU: processor time, SIGXFSZ: file size); SIGTERM, SIGHUP and SIGINT come from a person or another program. The kernel's log (dmesg) tells of memory.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "CGI pid n died with signal 9", answers: "500 Internal Server Error" },
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
  id: "killed-before-output",
  text,
  when: "later",
  on: "fallback",
  check: (subject) => {
    const { process } = subject;
    if (!wroteNothing(subject) || !(process?.signal != null && !faults.has(process.signal))) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: `The script was killed (${process.signal}) before it wrote anything`,
      detail:
        endOfKept(subject) ??
        `It was ended by ${process.signal} from outside, and stdout is empty, so there is no response to pass on.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
