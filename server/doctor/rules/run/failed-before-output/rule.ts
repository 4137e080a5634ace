// The script exited with a nonzero code before it wrote anything.
import { noHeadersInGo, nothingWrittenLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { processEvidence, workerExit } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script failed before it wrote anything",
  summary: "The script exited with a code that means failure, and stdout is empty.",
  explanation:
    "Every program ends with a number, its exit code. 0 means success, and any other number means failure. This script exited with another number before it wrote a response. The reason is usually on standard error. Servers write that into their error log, where it is easy to miss.",
  reference: "RFC 3875 §6.2",
  logged: [...nothingWrittenLogged(null), ...noHeadersInGo],
  on: "fallback",
  check: (facts) => {
    const { process } = facts;
    if (!wroteNothing(facts) || (process?.exitCode ?? 0) === 0) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      title: "The script failed before it wrote anything",
      detail:
        workerExit(facts) ??
        `The script ended with exit code ${process?.exitCode ?? "unknown"} and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};
