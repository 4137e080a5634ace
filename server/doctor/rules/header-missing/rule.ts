// The output is a page without any header.
import { quoteBytes } from "../../../protocol/quote.js";
import { lastWords } from "../../last-words.js";
import { isAnothersBusiness } from "../../malformed-line.js";
import { badOutput, cgiFieldAfter, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const headerMissing: RuleLater = {
  id: "header-missing",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (bad?.stopped.from !== 0 || cgiFieldAfter(bad.head, 0) !== null || isAnothersBusiness(bad.stopped.text)) return null;
    const binary = /[\0\x01-\x08\x0e-\x1a]/.test(bad.stopped.text);
    return {
      detail: `The output begins with ${quoteBytes(bad.stopped.text)}${binary ? ", which is binary data" : ""}. Write "Content-Type: text/html" and an empty line first.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, bad.stopped.to),
      line: lastWords(subject)?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
