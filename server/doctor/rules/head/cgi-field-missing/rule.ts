// None of Content-Type, Location and Status is there.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, emptyLine, processEvidence, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The header has none of the three fields that CGI asks for",
  summary: "One of Content-Type, Location and Status must be there; this header has only others.",
  explanation:
    "The header of a CGI response must hold at least one of three fields: Content-Type for a page, Location for a redirect, Status for an answer of another kind. This one has only others, so nobody knows what the page is: browsers guess from its first bytes, and Go's server answers 500. Add a Content-Type.",
  reference: "RFC 3875 §6.3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK without Content-Type" },
    { server: "lighttpd", message: null, answers: "200 OK without Content-Type" },
    { server: "nginx", message: null, answers: "200 OK without Content-Type" },
    {
      server: "Go",
      message: "cgi: missing required Content-Type in headers",
      answers: "500 Internal Server Error",
      unproved: true,
    },
  ],
  fixes: ["add-content-type"],
};

export const rule: DeferredRule = {
  id: "cgi-field-missing",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    const { script } = subject;
    const end = emptyLine(subject);
    if (!bad || !script || script.headers.length === 0 || end === null) return null;
    if (script.headers.some(([name]) => /^(?:content-type|location|status)$/i.test(name))) return null;
    return {
      detail: `The header holds ${script.headers
        .map(([name]) => name)
        .slice(0, 5)
        .join(", ")} and neither Content-Type nor Location nor Status.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, end.from),
      evidence: processEvidence(subject),
    };
  },
};
