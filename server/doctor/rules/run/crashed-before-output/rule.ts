// A fault in the program itself ended it: an invalid memory access, a failed assertion.
import type { DeferredRule } from "../../../engine/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { crashSignals, processEvidence, workerExit } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script crashed before it wrote anything",
  summary: "The system ended the program because of a fault in it, such as an invalid memory access.",
  explanation:
    "The program did something that the system does not allow, and the system ended it at once. `SIGSEGV` is an access to memory that the program does not own, `SIGABRT` an assertion or a corrupted heap, `SIGFPE` a division by zero, `SIGILL` an instruction that this processor does not have. With a script the fault is usually in the interpreter or in one of its compiled modules. Whatever the program had in its output buffer is lost.\n\nMost servers do not log the signal (only lighttpd does). They report missing headers.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", response: "500 Internal Server Error" },
    { server: "lighttpd", message: "CGI pid n died with signal 11", response: "500 Internal Server Error" },
    {
      server: "fcgiwrap",
      message: "An error occurred while reading CGI reply (no response received)",
      response: "502 Bad Gateway",
    },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      response: "502 Bad Gateway, for a FastCGI application",
      unproved: true,
    },
  ],
  when: "deferred",
  on: "fallback",
  check: (facts) => {
    const { process } = facts;
    if (!wroteNothing(facts) || !(process?.signal != null && crashSignals.has(process.signal))) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      title: `The script crashed (${process.signal}) before it wrote anything`,
      detail:
        workerExit(facts) ??
        `${process.signal} ended the script and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};
