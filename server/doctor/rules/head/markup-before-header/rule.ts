// HTML before the headers: a page, or an error report such as cgitb's.

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, nextCgiField, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Markup was printed before the headers",
  summary: "HTML comes before the headers. `cgitb` and similar helpers print a comment before any header.",
  explanation:
    "The output begins with HTML, and the headers come only later. Python's `cgitb.enable()` causes this when an error happens before the headers are printed: it writes an HTML comment and its own headers. Print the headers before anything that may fail, or send errors to standard error.",
  reference: "RFC 3875 §6.3",
  logged: [
    apache.logs("invalidName", 500, { TEXT: "<!-- TEXT" }),
    lighttpd.silent("200 OK with that line among the headers"),
    nginx.logs("badHeader", 502, { TEXT: "<!--" }),
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (!bad?.stopped.text.trimStart().startsWith("<")) return null;
    const field = nextCgiField(bad);
    if (field === null) return null;
    return {
      detail: `${quoteBytes(bad.stopped.text)} is markup. The headers ${bad.stopped.from === 0 ? "begin" : "continue"} ${field - bad.stopped.from} bytes later. Print the headers first.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(facts),
    };
  },
};
