// SyntaxError, IndentationError or TabError that is not Python 2.
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, isPython2, readPython } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Python cannot parse the script",
  summary: "The script has a syntax error. Python reports the line where it noticed the error.",
  explanation:
    "Before Python runs anything, it parses the whole script. Here it met something that is not valid Python: a missing bracket or colon, wrong indentation, or tabs mixed with spaces. The reported line is where Python noticed the error. The mistake itself may be on the line before.",
  logged: endedByErrorLogged("SyntaxError: TEXT"),
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (!error || isPython2(error) || !/^(?:SyntaxError|IndentationError|TabError)$/.test(error.kind)) return null;
    return errorOccurrence(facts, error);
  },
};
