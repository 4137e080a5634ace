// The script ended normally and wrote nothing.
import { lastWords } from "../../last-words.js";
import { endOfKept, processEvidence, wroteNothing } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const noOutput: RuleLater = {
  id: "no-output",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const isElsewhere = subject.route.mode === "fastcgi-external";
    if (!wroteNothing(subject) || (subject.process === null && !isElsewhere) || processEvidence(subject).length > 0) return null;
    if (subject.notes.failure === "cgi-program") return null; // it wrote, but not as a FastCGI application
    const words = lastWords(subject);
    const fact = (isElsewhere ? subject.detail : endOfKept(subject)) ?? "It ended normally, but stdout is empty.";
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      detail: `${fact} A response needs at least "Content-Type: …" and an empty line.${said}`,
      stream: words ? "stderr" : "stdout",
      range: words?.range ?? null,
      line: words?.line ?? null,
    };
  },
};
