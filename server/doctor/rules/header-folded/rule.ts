// A header line that begins with white space: folding, which CGI does not have.
import { quoteBytes } from "../../../protocol/quote.js";
import { badOutput, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const headerFolded: RuleLater = {
  id: "header-folded",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (!bad || bad.stopped.from === 0 || !/^[ \t]+\S/.test(bad.stopped.text)) return null;
    return {
      detail: `${quoteBytes(bad.stopped.text)} begins with white space. Put it at the end of the line before it.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
    };
  },
};
