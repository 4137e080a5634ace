// An import that finds nothing.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, isMissingModule, isPython2, readPython } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A Python module is not installed",
  summary: "The script imports a module that the Python which runs it does not have.",
  explanation:
    "The script imports a module that is not there for the Python named in its first line. Perhaps it is installed for another Python, or in a virtual environment that is active in your terminal but not in the server; servers start scripts without it. Name the environment's own interpreter in the first line (#!/path/to/venv/bin/python), or install the module for this one.",
  reference: "RFC 3875 §7.2",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: ModuleNotFoundError: No module named 'NAME'",
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"...ModuleNotFoundError: No module named 'NAME'\"",
      answers: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "python-module-missing",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (!error || !isMissingModule(error) || isPython2(error) || /^No module named '(?:cgi|cgitb)'/.test(error.message))
      return null;
    const name = /'([^']+)'/.exec(error.message)?.[1] ?? "it";
    return foundError(
      facts,
      error,
      `${error.message}. Install ${name} for the Python of the script's first line, or name the Python that has it there.`,
      `There is no Python module ${name}`,
    );
  },
};
