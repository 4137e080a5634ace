// An exception that nobody rescued.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readRuby } from "../../../evidence/language-error.js";
import { processEvidence } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A Ruby error ended the script",
  summary: "An exception was raised and not rescued, or Ruby could not read the script.",
  explanation:
    "Ruby met an error and nothing in the script rescued it. The message on standard error begins with the file and the line, then says what went wrong and lists the calls that led there.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: ...undefined local variable or method `NAME' for main:Object (NameError)",
      answers: "200 OK with the page cut short; 500 Internal Server Error when the header had not come",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"...undefined local variable or method `NAME' for main:Object (NameError)",
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
  id: "ruby-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readRuby(facts);
    if (!error || processEvidence(facts).length === 0) return null;
    return foundError(
      facts,
      error,
      `${error.kind}: ${error.message}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
      `A Ruby error ended the script: ${error.kind}`,
    );
  },
};
