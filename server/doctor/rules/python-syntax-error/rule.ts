// Python could not read the script.
import { foundError, isPython2, readPython } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const pythonSyntaxError: RuleLater = {
  id: "python-syntax-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPython(facts);
    if (!error || isPython2(error) || !/^(?:SyntaxError|IndentationError|TabError)$/.test(error.kind)) return null;
    return foundError(facts, error, `${error.kind}: ${error.message}${error.line === null ? "" : `, noticed on line ${error.line}`}.`);
  },
};
