// A fault in the program itself ended it: an invalid memory access, a failed assertion.
import { crashSignals } from "../../../../contract/failure.js";
import { nothingWrittenLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { processEvidence, workerExit } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script crashed before it wrote anything",
  summary: "The system ended the program because of a fault in it, such as an invalid memory access.",
  explanation:
    "The program did something that the system does not allow, and the system ended it at once. `SIGSEGV` is an access to memory that the program does not own, `SIGABRT` an assertion or a corrupted heap, `SIGFPE` a division by zero, `SIGILL` an instruction that this processor does not have. With a script the fault is usually in the interpreter or in one of its compiled modules. Whatever the program had in its output buffer is lost.\n\nA program in C or C++ that is compiled with `-g -fsanitize=address` reports the line on stderr. The window does that with the source that is beside the program, and keeps the program.\n\nMost servers do not log the signal (only lighttpd does). They report missing headers.",
  reference: "RFC 3875 §6.2",
  logged: nothingWrittenLogged(11),
  on: "fallback",
  check: (facts) => {
    const signal = facts.process?.signal ?? null;
    if (!wroteNothing(facts) || signal === null || !crashSignals.has(signal)) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      title: `The script crashed (${signal}) before it wrote anything`,
      detail:
        workerExit(facts) ??
        `${signal} ended the script and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};
