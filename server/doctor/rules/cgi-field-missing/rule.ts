// None of Content-Type, Location and Status is there.
import { badOutput, emptyLine, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const cgiFieldMissing: RuleLater = {
  id: "cgi-field-missing",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    const { script } = subject;
    const end = emptyLine(subject);
    if (!bad || !script || script.headers.length === 0 || end === null) return null;
    if (script.headers.some(([name]) => /^(?:content-type|location|status)$/i.test(name))) return null;
    return {
      detail: `The header holds ${script.headers
        .map(([name]) => name)
        .slice(0, 5)
        .join(", ")} and neither Content-Type nor Location nor Status.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, end.from),
      evidence: processEvidence(subject),
    };
  },
};
