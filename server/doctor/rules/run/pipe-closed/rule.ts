// SIGPIPE: the reader of a pipe has gone.
import { onlyStderrLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { hasNoResponse } from "../../../evidence/output.js";
import { processEvidence, wasCutShort } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A program that the script wrote to has ended",
  summary: "The script wrote into a pipe that no program reads any more, and the system ended it with `SIGPIPE`.",
  explanation:
    "A script that sends mail or converts a picture starts another program and writes to it. If that program ends early, because it is missing a file or refuses its options, the next write ends the script itself, unless it ignores `SIGPIPE`. Nothing is wrong with the script: the cause is in the other program, whose message is usually on standard error.",
  logged: onlyStderrLogged,
  on: "failures",
  check: (facts) => {
    if (facts.process?.signal !== "SIGPIPE" || wasCutShort(facts)) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      severity: hasNoResponse(facts) ? "error" : "warning",
      detail: `The script was ended by SIGPIPE while it wrote to a program that it had started. Find out why that program ended.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : null,
      range: stderrLine?.range ?? null,
      evidence: processEvidence(facts),
    };
  },
};
