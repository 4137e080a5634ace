// The script relies on a variable of the login's environment.
import { foundError, readPython, readShell, unsetVariable } from "../../language-error.js";
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const variableNotSet: RuleLater = {
  id: "variable-not-set",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = [readPython(facts), readShell(facts)].find((one) => one && unsetVariable(one, facts.env) !== null);
    const name = error && unsetVariable(error, facts.env);
    if (!error || !name || processEvidence(facts).length === 0) return null;
    const found = foundError(
      facts,
      error,
      `The script expects ${name}, which this server does not set. Set it under "variables" in cgi-workbench.json, or do without.`,
      `The variable ${name} is not set`,
    );
    return { ...found, evidence: [{ kind: "variable", name, value: null }, ...(found.evidence ?? [])] };
  },
};
