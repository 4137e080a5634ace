// Two bytes a character: with a mark, or letters with NUL beside them.
import { badOutput, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const utf16Output: RuleLater = {
  id: "utf-16-output",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (bad?.stopped.from !== 0 || !/^(?:\xff\xfe|\xfe\xff|(?:[A-Za-z-]\0){4}|(?:\0[A-Za-z-]){4})/.test(bad.head)) return null;
    return { detail: "Each letter has a second byte, 00.", stream: "stdout", range: rangeIn(bad.stdout, 0, 2) };
  },
};
