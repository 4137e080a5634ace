// Output that is not a CGI response, for a reason that no other rule explains.

import { wordsOf } from "../../../../contract/message.js";
import { apache, go, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script's output is not a CGI response",
  summary: "The server could not parse the headers to their end.",
  explanation:
    "A CGI response is the headers, a blank line and the body. Each header is a name, a colon and a value on one line. The finding shows the byte where parsing stopped, and why.",
  reference: "RFC 3875 §6.2",
  logged: [
    apache.says("AH02428: Empty response header name, aborting request", 500),
    unproved(apache.logs("badHeader", "500 Internal Server Error, for a line without a colon")),
    lighttpd.silent("200 OK without that line"),
    nginx.logs("badHeader", 502),
    unproved(go.logs("bogusLine", 500)),
  ],
  on: "fallback",
  check: (facts) => {
    const bad = badOutput(facts);
    if (!bad) return null;
    const stderrLine = lastStderrLine(facts);
    const why = facts.script?.reasons[0]?.text ?? "The server could not parse the headers.";
    return {
      detail: `${wordsOf(why)}${lastLineSentence(stderrLine)}`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      line: stderrLine?.line ?? null,
      evidence: processEvidence(facts),
    };
  },
};
