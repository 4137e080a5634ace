// An import that finds nothing.
import { foundError, isMissingModule, isPython2, readPython } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const pythonModuleMissing: RuleLater = {
  id: "python-module-missing",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPython(facts);
    if (!error || !isMissingModule(error) || isPython2(error) || /^No module named '(?:cgi|cgitb)'/.test(error.message)) return null;
    const name = /'([^']+)'/.exec(error.message)?.[1] ?? "it";
    return foundError(
      facts,
      error,
      `${error.message}. Install ${name} for the Python of the script's first line, or name the Python that has it there.`,
      `There is no Python module ${name}`,
    );
  },
};
