// White space between a name and its colon.
import { byteString } from "../../../protocol/byte-string.js";
import { quoteBytes } from "../../../protocol/quote.js";
import { badOutput, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const spaceBeforeColon: RuleLater = {
  id: "space-before-colon",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    const spaces = bad && /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)([ \t]+):/.exec(bad.stopped.text);
    if (!bad || !spaces) return null;
    const from = bad.stopped.from + (spaces[1]?.length ?? 0);
    return {
      detail: `Write ${quoteBytes(byteString(`${spaces[1] ?? ""}:`))} without the space.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, from, from + (spaces[2]?.length ?? 1)),
    };
  },
};
