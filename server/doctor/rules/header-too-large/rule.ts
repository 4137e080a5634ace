// No empty line within what any server reads as a header.
import { badOutput, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const headerTooLarge: RuleLater = {
  id: "header-too-large",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    const { script } = subject;
    if (!bad || !script?.why || !/^No empty line came within|^There are more than/.test(script.why)) return null;
    return {
      detail: `${script.why} nginx reads 4 or 8 KB, Apache 8 KB a line, lighttpd 64 KB.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, Math.min(bad.stdout.bytes, 64 << 10)),
      evidence: [{ kind: "quote", of: "header", text: `${bad.stdout.bytes} bytes without an empty line` }, ...processEvidence(subject)],
    };
  },
};
