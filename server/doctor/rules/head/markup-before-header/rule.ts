// A page, or a library that reports errors as a page, stands before the header.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, cgiFieldAfter, processEvidence, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Markup was printed before the header",
  summary: "HTML comes before the header: cgitb and other helpers print a comment before any header.",
  explanation:
    "The output begins with HTML, and the header comes only later. Python's cgitb.enable() does this when an error happens before the header was printed: it writes an HTML comment and a header of its own. Print the header before anything that may fail, or have errors go to standard error.",
  reference: "RFC 3875 §6.3",
  logged: [
    {
      server: "Apache",
      message: "AH02429: Response header name '<!-- TEXT' contains invalid characters, aborting request",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK with that line among the headers" },
    { server: "nginx", message: 'upstream sent invalid header: "<!--..."', answers: "502 Bad Gateway" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "markup-before-header",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (!bad?.stopped.text.trimStart().startsWith("<")) return null;
    const field = cgiFieldAfter(bad.head, bad.stopped.to);
    if (field === null) return null;
    return {
      detail: `${quoteBytes(bad.stopped.text)} is markup; the header ${bad.stopped.from === 0 ? "begins" : "goes on"} ${field - bad.stopped.from} bytes later. Print the header first.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(subject),
    };
  },
};
