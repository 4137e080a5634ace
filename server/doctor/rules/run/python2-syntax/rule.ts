// Python 3 runs a script that was written for Python 2.
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, isPython2, readPython } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script was written for Python 2",
  summary: "The script uses something that Python 3 does not have, such as `print` without parentheses.",
  explanation:
    "Python 3 changed the language: `print` needs parentheses, `except Error, e` became `except Error as e`, `raw_input` is `input`, `urllib2` is `urllib.request`. Python 2 has not been maintained since 2020, and most systems no longer have it. The program `2to3` converts most scripts.",
  reference: "PEP 3105",
  logged: endedByErrorLogged("SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?"),
  fixes: ["print-function"],
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (!error || !isPython2(error)) return null;
    return errorOccurrence(facts, error, {
      detail: `Python 3 reports: ${error.message}. Convert the script to Python 3.`,
    });
  },
};
