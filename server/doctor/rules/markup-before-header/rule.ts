// A page, or a library that reports errors as a page, stands before the header.
import { quoteBytes } from "../../../protocol/quote.js";
import { badOutput, cgiFieldAfter, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const markupBeforeHeader: RuleLater = {
  id: "markup-before-header",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
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
