// A signal ended the process in the middle of its response.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { processEvidence, wasCutShort } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "A signal ended the script after its headers",
  summary: "The response may be truncated, and of the common servers only lighttpd logs it.",
  explanation:
    "A signal ended the script while it wrote the body: a fault in the program (`SIGSEGV`, `SIGABRT`), a limit, too little memory (`SIGKILL`), or a person. The server sent what the script had written, with the status from its headers. Whatever was still in the output buffer is lost. lighttpd logs the signal; Apache and nginx do not.",
  reference: "RFC 3875 §3.4",
  logged: [
    lighttpd.logs("diedOfSignal", "200 OK with a truncated body", { N: "11" }),
    apache.silent("200 OK with a truncated body"),
    nginx.silent("200 OK with a truncated body"),
  ],
  on: "failures",
  check: (facts) => {
    const { process, script } = facts;
    if (!process || !script || script.kind === "invalid" || wasCutShort(facts)) return null;
    if (process.signal === null || process.signal === "SIGPIPE") return null; // its rule: pipe-closed
    const stderrLine = lastStderrLine(facts);
    return {
      title: `${process.signal} ended the script after its headers`,
      detail: `The server passed on what the script had written. The response is probably truncated.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : null,
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};
