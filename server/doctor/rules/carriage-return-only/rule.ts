// Line ends of old Macs, or a stray carriage return within a header line.
import { badOutput, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const carriageReturnOnly: RuleLater = {
  id: "carriage-return-only",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (!bad) return null;
    const alone = bad.stopped.text.indexOf("\r");
    // "…\r\r\n" are doubled line ends, of another cause.
    if (alone < 0 || !/^[\w-]+:/.test(bad.stopped.text) || bad.head.startsWith("\r\r\n", bad.stopped.from + alone)) return null;
    return {
      detail: "A carriage return (0D) stands where a line end (0A) is meant.",
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from + alone, bad.stopped.from + alone + 1),
    };
  },
};
