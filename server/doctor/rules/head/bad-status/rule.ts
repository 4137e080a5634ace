// The Status field is not three digits, a space and a reason.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, emptyLine, fieldRange, processEvidence } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The Status is not a status",
  summary: "Status must be three digits between 200 and 599, then a space and a few words.",
  explanation:
    'With the field Status a script says how the request went: "Status: 404 Not Found". It must begin with three digits, from 200 to 599, as HTTP defines them; then a space and words of your choice. This one does not, so there is nothing to tell the browser.',
  reference: "RFC 3875 §6.3.3",
  logged: [
    { server: "Apache", message: "Invalid status line from script 'S': abc", answers: "500 Internal Server Error" },
    { server: "nginx", message: 'upstream sent invalid status "abc"', answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "502 Bad Gateway" },
    { server: "Go", message: 'cgi: bogus status: "abc"', answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "bad-status",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    const { script } = subject;
    if (!bad || !script || emptyLine(subject) === null) return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "status");
    const value = script.headers[index]?.[1];
    if (value === undefined || /^[2-5]\d\d(?:[ \t]|$)/.test(value)) return null;
    return {
      detail: `${quoteBytes(value)} is not a status: write three digits from 200 to 599, a space and a reason, as in "Status: 404 Not Found".`,
      stream: "stdout",
      range: fieldRange(subject, index),
      evidence: processEvidence(subject),
    };
  },
};
