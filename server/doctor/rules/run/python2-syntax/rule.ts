// Python 3 runs a script that was written for Python 2.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, isPython2, readPython } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "The script was written for Python 2",
  summary: "It uses something that Python 3 does not have, such as print without parentheses.",
  explanation:
    'Python 3 changed the language: print needs parentheses, "except Error, e" became "except Error as e", raw_input is input, urllib2 is urllib.request. Python 2 has not been maintained since 2020 and most systems no longer have it. The program 2to3, or an editor\'s help, converts most scripts.',
  reference: "PEP 3105",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message:
        "FastCGI sent in stderr: \"...SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?\"",
      answers: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: ["print-function"],
};

export const rule: DeferredRule = {
  id: "python2-syntax",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (!error || !isPython2(error)) return null;
    return foundError(facts, error, `Python 3 says: ${error.message}. Convert the script to Python 3.`);
  },
};
