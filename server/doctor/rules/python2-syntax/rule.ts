// Python 3 runs a script that was written for Python 2.
import { foundError, isPython2, readPython } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const python2Syntax: RuleLater = {
  id: "python2-syntax",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPython(facts);
    if (!error || !isPython2(error)) return null;
    return foundError(facts, error, `Python 3 says: ${error.message}. Convert the script to Python 3.`);
  },
};
