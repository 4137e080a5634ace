// Somebody else ended the script: a limit, an administrator, the system short of memory.
import { lastWords } from "../../last-words.js";
import { endOfKept, processEvidence, wroteNothing } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { faults } from "../../signals.js";
import { text } from "./text.js";

export const killedBeforeOutput: RuleLater = {
  id: "killed-before-output",
  text,
  when: "later",
  on: "fallback",
  look: (subject) => {
    const { process } = subject;
    if (!wroteNothing(subject) || !(process?.signal != null && !faults.has(process.signal))) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: `The script was killed (${process.signal}) before it wrote anything`,
      detail: endOfKept(subject) ?? `It was ended by ${process.signal} from outside, and stdout is empty, so there is no response to pass on.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
