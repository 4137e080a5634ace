// The output begins with the blank line that should end the headers.
import { apache, fcgiwrap, lighttpd } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A blank line comes before the headers",
  summary: "The first line is blank, which ends the headers before they begin. The headers become part of the body.",
  explanation:
    "A blank line ends the headers. If it comes first, there are no headers, and everything after it, including the intended headers, is the body. A `print` without arguments, a line break before the first header, or a blank line before `<?php` causes this.",
  reference: "RFC 3875 §6.2",
  logged: [
    apache.silent("200 OK with the headers in the body"),
    lighttpd.silent("200 OK with the headers in the body"),
    fcgiwrap.logs("blankFirst", 502),
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (!bad || (facts.script?.headers.length ?? 0) > 0 || !/^\r?\n/.test(bad.head)) return null;
    return {
      detail:
        "The output begins with a blank line, so it has no headers, and everything after it is the body. Print the headers first.",
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, bad.head.indexOf("\n") + 1),
      evidence: processEvidence(facts),
    };
  },
};
