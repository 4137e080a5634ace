// Valid headers without the blank line that ends them.

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, go, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import {
  badOutput,
  blankLine,
  escapedLineEnd,
  hasOwnRule,
  isNotHeader,
  nextCgiField,
  rangeIn,
} from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The blank line after the headers is missing",
  summary: "A blank line must follow the headers. Here the body follows directly, or nothing.",
  explanation:
    'A CGI response is the headers, a blank line, and the body. The blank line marks the end of the headers. Here it is missing, so the server parses the body as more headers, or waits for more.\n\nUsually one line break is missing. In Python, `print("Content-Type: text/html")` ends the header, and a second `print()` writes the blank line. In Perl and C it is `\\n\\n` after the last header.',
  reference: "RFC 3875 §6.2",
  logged: [
    apache.logs("badHeader", 500),
    unproved(apache.logs("noBlankLine", "500 Internal Server Error, in versions before 2.4")),
    lighttpd.silent("200 OK with the headers in the body, or 500 Internal Server Error"),
    nginx.logs("ended", 502),
    unproved(go.logs("noHeaders", 500)),
  ],
  fixes: ["add-empty-line"],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (
      !bad ||
      escapedLineEnd(facts) !== null ||
      (facts.script?.headers.length ?? 0) === 0 ||
      hasOwnRule(bad.stopped.text) ||
      blankLine(facts) !== null
    )
      return null;
    const atEnd = bad.stopped.from >= bad.stdout.captured;
    // the output broke off, which another rule explains, or its end was not kept
    if (atEnd && (processEvidence(facts).length > 0 || bad.stdout.captured < bad.stdout.bytes)) return null;
    if (!atEnd && (nextCgiField(bad) !== null || !isNotHeader(bad.stopped.text))) return null;
    return {
      detail: atEnd
        ? "The output ended after the last header. Print a blank line there, then the body."
        : `${quoteBytes(bad.stopped.text)} comes straight after the headers. Print a blank line first.`,
      stream: "stdout",
      range: atEnd
        ? rangeIn(bad.stdout, bad.stdout.bytes - 1, bad.stdout.bytes)
        : rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(facts),
    };
  },
};
