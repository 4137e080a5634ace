// The Status field is not three digits, a space and a reason.
import { quoteBytes } from "../../../protocol/quote.js";
import { badOutput, emptyLine, fieldRange, processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const badStatus: RuleLater = {
  id: "bad-status",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
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
