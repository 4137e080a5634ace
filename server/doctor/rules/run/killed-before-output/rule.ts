// A signal from outside ended the script: a limit, an administrator, too little memory.
import { crashSignals } from "../../../../contract/failure.js";
import { nothingWrittenLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { processEvidence, workerExit } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script was killed before it wrote anything",
  summary: "Another program or a system limit ended the script.",
  explanation:
    "A signal from outside ended the script. `SIGKILL` often means that memory ran out and the system chose this process. `SIGXCPU` (processor time) and `SIGXFSZ` (file size) mean that a limit was reached. `SIGTERM`, `SIGHUP` and `SIGINT` come from a person or another program. The kernel's log (`dmesg`) records memory shortages.",
  reference: "RFC 3875 §6.2",
  logged: nothingWrittenLogged(9),
  on: "fallback",
  check: (facts) => {
    const signal = facts.process?.signal ?? null;
    if (!wroteNothing(facts) || signal === null || crashSignals.has(signal)) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      title: `The script was killed (${signal}) before it wrote anything`,
      detail:
        workerExit(facts) ??
        `${signal} from outside ended the script and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};
