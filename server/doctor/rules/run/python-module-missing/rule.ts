// ModuleNotFoundError for anything but cgi and the modules of Python 2.
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, isPython2, missingModule, readPython } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A Python module is not installed",
  summary: "The script imports a module that its Python interpreter does not have.",
  explanation:
    "The script imports a module that is not installed for the Python in its first line. It may be installed for another Python, or in a virtual environment that is active in your terminal but not in the server. Name the environment's interpreter in the first line (`#!/path/to/venv/bin/python`), or install the module for this one.",
  reference: "RFC 3875 §7.2",
  logged: endedByErrorLogged("ModuleNotFoundError: No module named 'NAME'"),
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    const name = error && missingModule(error);
    if (!error || name === null || isPython2(error) || name === "cgi" || name === "cgitb") return null;
    return errorOccurrence(facts, error, {
      title: `Python module ${name} not found`,
      detail: `${error.message}. Install ${name} for the Python in the script's first line, or name a Python there that has it.`,
    });
  },
};
