// What is no response, for a reason without a rule of its own.
import { lastWords } from "../../last-words.js";
import { badOutput, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const malformedOutput: RuleLater = {
  id: "malformed-output",
  text,
  when: "later",
  on: "fallback",
  look: (subject) => {
    const bad = badOutput(subject);
    if (!bad) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    const why = subject.script?.why ?? "The header lines could not be read";
    return {
      detail: `${/[.!?]$/.test(why) ? why : `${why}.`}${said}`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
