// A fatal or a parse error of PHP.
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence, readPhp } from "../../../evidence/language-error.js";
import { effectOf } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A PHP error ended the script",
  summary: "PHP met a fatal error, or could not parse the script.",
  explanation:
    "PHP stopped at an error from which it cannot continue: a call of something that does not exist, an uncaught exception, or a syntax error. On servers `display_errors` is usually off. Then the visitor gets an empty page with status 500, and the message goes to the log, which is standard error here.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: PHP Fatal error:  Uncaught Error: ...",
      response: "500 Internal Server Error",
      unproved: true,
    },
    {
      server: "nginx",
      message: 'FastCGI sent in stderr: "PHP message: PHP Fatal error:  ..."',
      response: "500 Internal Server Error",
      unproved: true,
    },
    {
      server: "php",
      message: "PHP Fatal error:  Uncaught Error: ... in S:3",
      response: "500 Internal Server Error",
      unproved: true,
    },
  ],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readPhp(facts);
    if (!error) return null;
    return errorOccurrence(facts, error, {
      title: error.kind === "Parse error" ? "PHP cannot parse the script" : `A PHP error ${effectOf(facts)}`,
    });
  },
};
