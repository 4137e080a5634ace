// The shell says what it did not like.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readShell, relativePath, unsetVariable } from "../../../evidence/language-error.js";
import { processEvidence } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A shell error ended the script",
  summary: "The shell stopped at a mistake, or a command in the script failed in a way it reports.",
  explanation:
    'The shell that runs the script met something it could not go on from, and says so on standard error with the line: a syntax error, a file that is not there, a variable that is not set under "set -u".',
  reference: null,
  logged: [
    {
      server: "Apache",
      message: 'AH01215: stderr from S: ...Syntax error: "fi" unexpected',
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: 'FastCGI sent in stderr: "...Syntax error: "fi" unexpected"',
      answers: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: ["use-line-feeds"],
};

export const rule: DeferredRule = {
  id: "shell-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readShell(facts);
    if (!error || processEvidence(facts).length === 0 || /not found$/.test(error.message)) return null;
    if (unsetVariable(error, facts.env) !== null || relativePath(error) !== null) return null;
    return foundError(
      facts,
      error,
      `${error.message}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
    );
  },
};
