// The script ended with an exit code of its own before it wrote anything.
import { lastWords } from "../../last-words.js";
import { endOfKept, processEvidence, wroteNothing } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const failedBeforeOutput: RuleLater = {
  id: "failed-before-output",
  text,
  when: "later",
  on: "fallback",
  look: (subject) => {
    const { process } = subject;
    if (!wroteNothing(subject) || !((process?.exitCode ?? 0) !== 0)) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: "The script failed before it wrote anything",
      detail: endOfKept(subject) ?? `It ended with exit code ${process?.exitCode ?? "unknown"} and stdout is empty, so there is no response to pass on.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
