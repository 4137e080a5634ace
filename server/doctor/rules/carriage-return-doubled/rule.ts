// Line ends that were converted twice: CR CR LF.
import { badOutput, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const carriageReturnDoubled: RuleLater = {
  id: "carriage-return-doubled",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    const twice = bad?.head.indexOf("\r\r\n", bad.stopped.from) ?? -1;
    if (!bad || twice < 0 || twice > bad.stopped.to) return null;
    return {
      detail: "The line ends in 0D 0D 0A where 0A, or 0D 0A, is meant. Standard output is in text mode: write to it in binary mode.",
      stream: "stdout",
      range: rangeIn(bad.stdout, twice, twice + 3),
    };
  },
};
