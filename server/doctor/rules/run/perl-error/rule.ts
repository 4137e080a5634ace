// die, or a syntax error.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readPerl } from "../../../evidence/language-error.js";
import { processEvidence } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A Perl error ended the script",
  summary: "Perl stopped: the script died, or Perl could not read it.",
  explanation:
    "Perl met an error and ended the script: a call to die, a method of an undefined value, or a mistake in how the script is written. The message on standard error ends with the file and the line.",
  reference: null,
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: TEXT at S line N.", answers: "500 Internal Server Error" },
    { server: "nginx", message: 'FastCGI sent in stderr: "TEXT at S line N"', answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "perl-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPerl(facts);
    if (!error || processEvidence(facts).length === 0 || /^Can't locate \S+\.pm in @INC/.test(error.message))
      return null;
    return foundError(
      facts,
      error,
      `${error.message}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
      error.kind === "" ? text.title : "Perl does not understand the script",
    );
  },
};
