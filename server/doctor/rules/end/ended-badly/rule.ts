// The response is valid, but the process failed at its end, which servers do not report.

import { wordsOf } from "../../../../contract/message.js";
import { exchangeMessage } from "../../../../http/exchange/messages.js";
import type { FactsWithFile } from "../../../base/facts.js";
import { silentInAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { declaredLength } from "../../../evidence/content-length.js";
import { hasErrorText } from "../../../evidence/other-languages.js";
import { blankLine } from "../../../evidence/output.js";
import { processEvidence, wasInterrupted } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "The script failed after its headers",
  summary: "The server passed the response on, but the script's exit code is not 0.",
  explanation:
    "Every program ends with a number, its exit code, and 0 means success. This script had begun its response and then exited with another number. Neither browsers nor servers notice: the body was sent as far as it was written, with the status from the headers. Many programs end like this in ordinary use: `grep` when it finds nothing, others after an error page. So this is a hint, unless standard error reports an error, the body is empty, or it is shorter than its `Content-Length`. Then check whether the body is complete.",
  reference: "RFC 3875 §3.4",
  logged: silentInAll(200),
  on: "failures",
  explains: ["stderr-elsewhere"],
  check: (facts) => {
    const { process, script, cause } = facts;
    // A FastCGI application's.
    const status = cause && exchangeMessage.is(cause, "failed-after-header") ? cause.data?.["appStatus"] : null;
    if (cause && typeof status === "number")
      return {
        ...severityFor(facts),
        title: "The application reported failure at the end of the request",
        detail: `${wordsOf(cause.text)} Like an exit code, 0 means success. The server passed the response on; check whether it is complete.`,
        evidence: [{ kind: "quote", of: "END_REQUEST", text: `application status ${status}` }],
      };
    if (!process || !script || script.kind === "invalid" || wasInterrupted(facts)) return null;
    if ((process.exitCode ?? 0) === 0) return null;
    const stderrLine = lastStderrLine(facts);
    return {
      ...severityFor(facts),
      title: `The script ended with exit code ${process.exitCode} after its headers`,
      detail: `The server passed on what the script had written. Check whether the response is complete.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : null,
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};

/** No server reads the exit code, and a whole response with another one than 0 is ordinary. */
const severityFor = (facts: FactsWithFile): { severity?: "hint" } => (isSuspect(facts) ? {} : { severity: "hint" });

function isSuspect(facts: FactsWithFile): boolean {
  const length = declaredLength(facts);
  return hasErrorText(facts) || (length !== null && length.declared > length.actual) || hasEmptyBody(facts);
}

function hasEmptyBody(facts: FactsWithFile): boolean {
  const { script, stdout, request } = facts;
  const end = blankLine(facts);
  if (script?.kind !== "document" || script.status === 204 || script.status === 304 || request.method === "HEAD")
    return false;
  return end !== null && stdout !== null && stdout.bytes <= end.to;
}
