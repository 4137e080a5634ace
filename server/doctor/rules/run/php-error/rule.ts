// A fatal or a parse error of PHP.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readPhp } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A PHP error ended the script",
  summary: "PHP met a fatal error, or could not read the script.",
  explanation:
    "PHP stopped at an error it could not go on from: a call of something that does not exist, an exception nobody caught, or a mistake in how the script is written. With display_errors off, as on servers, the visitor sees an empty page with status 500 and the message goes to the log, which is standard error here.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: PHP Fatal error:  Uncaught Error: ...",
      answers: "500 Internal Server Error",
      unproved: true,
    },
    {
      server: "nginx",
      message: 'FastCGI sent in stderr: "PHP message: PHP Fatal error:  ..."',
      answers: "500 Internal Server Error",
      unproved: true,
    },
    {
      server: "php",
      message: "PHP Fatal error:  Uncaught Error: ... in S:3",
      answers: "500 Internal Server Error",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "php-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPhp(facts);
    if (!error) return null;
    return foundError(
      facts,
      error,
      `${error.kind}: ${error.message}${error.line === null ? "" : `, on line ${error.line}`}.`,
      error.kind === "Parse error" ? "PHP does not understand the script" : text.title,
    );
  },
};
