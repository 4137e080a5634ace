// An exception that nobody caught.
import { foundError, hasRuleOfItsOwn, readPython } from "../../language-error.js";
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const pythonError: RuleLater = {
  id: "python-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPython(facts);
    if (!error || hasRuleOfItsOwn(error, facts) || processEvidence(facts).length === 0) return null;
    return foundError(
      facts,
      error,
      `${error.kind}${error.message === "" ? "" : `: ${error.message}`}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
      `A Python error ended the script: ${error.kind}`,
    );
  },
};
