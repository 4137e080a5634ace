// Python 3.13 and later have no cgi module any more.
import { foundError, isMissingModule, readPython } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const cgiModuleRemoved: RuleLater = {
  id: "cgi-module-removed",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPython(facts);
    const name = error && isMissingModule(error) ? /^No module named '(cgi|cgitb)'/.exec(error.message)?.[1] : undefined;
    if (!error || name === undefined) return null;
    return foundError(
      facts,
      error,
      `The script imports ${name}, which this Python has not. Use urllib.parse.parse_qs for forms, or install the package legacy-cgi.`,
    );
  },
};
