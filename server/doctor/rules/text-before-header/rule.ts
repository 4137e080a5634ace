// Something was printed before the header, or between its lines.
import { quoteBytes } from "../../../protocol/quote.js";
import { isAnothersBusiness } from "../../malformed-line.js";
import { badOutput, cgiFieldAfter, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const textBeforeHeader: RuleLater = {
  id: "text-before-header",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (!bad || isAnothersBusiness(bad.stopped.text) || bad.stopped.text.startsWith("<") || bad.stopped.text === "") return null;
    const field = cgiFieldAfter(bad.head, bad.stopped.to);
    if (field === null || (bad.stopped.from > 0 && /\r?\n\r?\n/.test(bad.head.slice(bad.stopped.from, field)))) return null;
    return {
      title: bad.stopped.from === 0 ? "Something was printed before the header" : "Something was printed between the header's lines",
      detail: `${quoteBytes(bad.stopped.text)} is no header line; the header ${bad.stopped.from === 0 ? "begins" : "goes on"} ${field - bad.stopped.from} bytes later. Write such messages to standard error.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(subject),
    };
  },
};
