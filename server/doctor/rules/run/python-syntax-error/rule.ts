// Python could not read the script.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, isPython2, readPython } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "Python does not understand the script",
  summary: "There is a mistake in how the script is written, and Python says on which line it noticed.",
  explanation:
    "Before it runs anything, Python reads the whole script. Here it met something that is not Python: a missing bracket or colon, wrong indentation, tabs mixed with spaces. The line it names is where it noticed; the mistake may stand in the line before.",
  reference: null,
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: SyntaxError: TEXT", answers: "500 Internal Server Error" },
    { server: "nginx", message: 'FastCGI sent in stderr: "...SyntaxError: TEXT"', answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "python-syntax-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (!error || isPython2(error) || !/^(?:SyntaxError|IndentationError|TabError)$/.test(error.kind)) return null;
    return foundError(
      facts,
      error,
      `${error.kind}: ${error.message}${error.line === null ? "" : `, noticed on line ${error.line}`}.`,
    );
  },
};
