// A fault of the program itself ended it: a bad pointer, a failed assertion.
import { lastWords } from "../../last-words.js";
import { endOfKept, processEvidence, wroteNothing } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { faults } from "../../signals.js";
import { text } from "./text.js";

export const crashedBeforeOutput: RuleLater = {
  id: "crashed-before-output",
  text,
  when: "later",
  on: "fallback",
  look: (subject) => {
    const { process } = subject;
    if (!wroteNothing(subject) || !(process?.signal != null && faults.has(process.signal))) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: `The script crashed (${process.signal}) before it wrote anything`,
      detail: endOfKept(subject) ?? `It was ended by ${process.signal} and stdout is empty, so there is no response to pass on.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
