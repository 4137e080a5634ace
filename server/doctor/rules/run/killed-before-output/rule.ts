// A signal from outside ended the script: a limit, an administrator, too little memory.
import type { DeferredRule } from "../../../engine/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { crashSignals, processEvidence, workerExit } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script was killed before it wrote anything",
  summary: "Another program or a system limit ended the script.",
  explanation:
    "A signal from outside ended the script. `SIGKILL` often means that memory ran out and the system chose this process. `SIGXCPU` (processor time) and `SIGXFSZ` (file size) mean that a limit was reached. `SIGTERM`, `SIGHUP` and `SIGINT` come from a person or another program. The kernel's log (`dmesg`) records memory shortages.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", response: "500 Internal Server Error" },
    { server: "lighttpd", message: "CGI pid n died with signal 9", response: "500 Internal Server Error" },
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
    if (!wroteNothing(facts) || !(process?.signal != null && !crashSignals.has(process.signal))) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      title: `The script was killed (${process.signal}) before it wrote anything`,
      detail:
        workerExit(facts) ??
        `${process.signal} from outside ended the script and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};
