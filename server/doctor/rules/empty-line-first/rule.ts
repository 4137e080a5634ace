// The output begins with the empty line that should end the header.
import { badOutput, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const emptyLineFirst: RuleLater = {
  id: "empty-line-first",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (!bad || (subject.script?.headers.length ?? 0) > 0 || !/^\r?\n/.test(bad.head)) return null;
    return {
      detail: "The output begins with an empty line, so there is no header, and what follows counts as the page. Write the header first.",
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, bad.head.indexOf("\n") + 1),
      evidence: processEvidence(subject),
    };
  },
};
