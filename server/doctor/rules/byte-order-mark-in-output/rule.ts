// EF BB BF before the first header line.
import { badOutput, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const byteOrderMarkInOutput: RuleLater = {
  id: "byte-order-mark-in-output",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (bad?.stopped.from !== 0 || !bad.head.startsWith("\xef\xbb\xbf")) return null;
    return {
      detail: "The output begins with EF BB BF, which belongs to no header line.",
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, 3),
    };
  },
};
