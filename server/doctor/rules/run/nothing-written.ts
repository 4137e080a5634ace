// Rules for scripts that ended badly before they wrote anything: a table by how they ended. The key is the rule's id.
import { crashSignals } from "../../../contract/failure.js";
import { noHeadersInGo, nothingWrittenLogged } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import { wroteNothing } from "../../evidence/output.js";
import { processEvidence, workerExit } from "../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../evidence/stderr.js";

interface EndRule extends RuleTexts {
  /** How it ended, as the beginning of a sentence; null: otherwise. */
  readonly ended: (signal: string | null, exitCode: number | null) => string | null;
  /** The finding's title, where it says more than the rule's. */
  readonly finding?: (signal: string) => string;
}

const endRules: Readonly<Record<string, EndRule>> = {
  // A fault in the program itself ended it: an invalid memory access, a failed assertion.
  "crashed-before-output": {
    severity: "error",
    title: "The script crashed before it wrote anything",
    summary: "The system ended the program because of a fault in it, such as an invalid memory access.",
    explanation:
      "The program did something that the system does not allow, and the system ended it at once. `SIGSEGV` is an access to memory that the program does not own, `SIGABRT` an assertion or a corrupted heap, `SIGFPE` a division by zero, `SIGILL` an instruction that this processor does not have. With a script the fault is usually in the interpreter or in one of its compiled modules. Whatever the program had in its output buffer is lost.\n\nA program in C or C++ that is compiled with `-g -fsanitize=address` reports the line on stderr. The window does that with the source that is beside the program, and keeps the program.\n\nMost servers do not log the signal (only lighttpd does). They report missing headers.",
    reference: "RFC 3875 §6.2",
    logged: nothingWrittenLogged(11),
    ended: (signal) => (signal !== null && crashSignals.has(signal) ? `${signal} ended the script` : null),
    finding: (signal) => `The script crashed (${signal}) before it wrote anything`,
  },
  // The script exited with a nonzero code before it wrote anything.
  "failed-before-output": {
    severity: "error",
    title: "The script failed before it wrote anything",
    summary: "The script exited with a code that means failure, and stdout is empty.",
    explanation:
      "Every program ends with a number, its exit code. 0 means success, and any other number means failure. This script exited with another number before it wrote a response. The reason is usually on standard error. Servers write that into their error log, where it is easy to miss.",
    reference: "RFC 3875 §6.2",
    logged: [...nothingWrittenLogged(null), ...noHeadersInGo],
    ended: (_, exitCode) => ((exitCode ?? 0) === 0 ? null : `The script ended with exit code ${exitCode}`),
  },
  // A signal from outside ended the script: a limit, an administrator, too little memory.
  "killed-before-output": {
    severity: "error",
    title: "The script was killed before it wrote anything",
    summary: "Another program or a system limit ended the script.",
    explanation:
      "A signal from outside ended the script. `SIGKILL` often means that memory ran out and the system chose this process. `SIGXCPU` (processor time) and `SIGXFSZ` (file size) mean that a limit was reached. `SIGTERM`, `SIGHUP` and `SIGINT` come from a person or another program. The kernel's log (`dmesg`) records memory shortages.",
    reference: "RFC 3875 §6.2",
    logged: nothingWrittenLogged(9),
    ended: (signal) => (signal === null || crashSignals.has(signal) ? null : `${signal} from outside ended the script`),
    finding: (signal) => `The script was killed (${signal}) before it wrote anything`,
  },
};

export const rules = family<EndRule, DeferredRule>(endRules, ({ ended, finding, ...texts }) => ({
  ...texts,
  on: "fallback",
  check: (facts) => {
    const { signal = null, exitCode = null } = facts.process ?? {};
    const how = wroteNothing(facts) ? ended(signal, exitCode) : null;
    if (how === null) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      title: finding?.(signal ?? "") ?? texts.title,
      detail:
        workerExit(facts) ?? `${how} and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
}));
