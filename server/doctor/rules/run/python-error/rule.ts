// An exception that nobody caught.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, hasRuleOfItsOwn, readPython } from "../../../evidence/language-error.js";
import { processEvidence } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A Python error ended the script",
  summary: "An exception was raised and not handled; the traceback tells where.",
  explanation:
    "Python met an error while the script ran and nothing in the script handled it. The traceback on standard error lists the calls that led there, the last one at the bottom, and ends with what went wrong. In a server's log it is easy to miss; here it is beside the request that caused it.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: Traceback (most recent call last):",
      answers: "200 OK with the page cut short; 500 Internal Server Error when the header had not come",
    },
    {
      server: "nginx",
      message: 'FastCGI sent in stderr: "Traceback (most recent call last):',
      answers: "200 OK with the page cut short; 502 Bad Gateway when the header had not come",
    },
    {
      server: "lighttpd",
      message: null,
      answers: "200 OK with the page cut short; 500 Internal Server Error when the header had not come",
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "python-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (!error || hasRuleOfItsOwn(error, facts) || processEvidence(facts).length === 0) return null;
    return foundError(
      facts,
      error,
      `${error.kind}${error.message === "" ? "" : `: ${error.message}`}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
      `A Python error ended the script: ${error.kind}`,
    );
  },
};
