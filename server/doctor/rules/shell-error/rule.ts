// The shell says what it did not like.
import { foundError, readShell, relativePath, unsetVariable } from "../../language-error.js";
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const shellError: RuleLater = {
  id: "shell-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readShell(facts);
    if (!error || processEvidence(facts).length === 0 || /not found$/.test(error.message)) return null;
    if (unsetVariable(error, facts.env) !== null || relativePath(error) !== null) return null;
    return foundError(facts, error, `${error.message}${error.line === null ? "" : `, on line ${error.line} of the script`}.`);
  },
};
