// The process was ended by a signal in the middle of its response.
import { lastWords } from "../../last-words.js";
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const crashedAfterHeader: RuleLater = {
  id: "crashed-after-header",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const { process, script, outcome } = subject;
    if (!process || !script || script.kind === "invalid" || outcome === "timeout" || outcome === "client-gone" || outcome === "stopped") return null;
    if (process.signal === null) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: `The script was ended by ${process.signal} after its header`,
      detail: `The response was passed on as far as it came, and is probably cut short.${said}`,
      stream: words ? "stderr" : null,
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
