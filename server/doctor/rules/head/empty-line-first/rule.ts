// The output begins with the empty line that should end the header.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, processEvidence, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "An empty line stands before the header",
  summary:
    "The first line is empty, which ends the header before it began; the header lines become a part of the page.",
  explanation:
    "The empty line is what ends the header. When it comes first, the header is empty and everything after it, the intended header included, is the page. A print without arguments, a line end before the first header, or an empty line before <?php does this.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with the header in the page" },
    { server: "lighttpd", message: null, answers: "200 OK with the header in the page" },
    { server: "fcgiwrap", message: "An error occurred while parsing CGI reply", answers: "502 Bad Gateway" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "empty-line-first",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (!bad || (subject.script?.headers.length ?? 0) > 0 || !/^\r?\n/.test(bad.head)) return null;
    return {
      detail:
        "The output begins with an empty line, so there is no header, and what follows counts as the page. Write the header first.",
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, bad.head.indexOf("\n") + 1),
      evidence: processEvidence(subject),
    };
  },
};
