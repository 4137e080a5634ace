// One variable or argument is longer than the system takes.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The environment is too large",
  summary:
    "A single variable or argument may have at most 128 KiB on Linux, and a very long query or header exceeds it.",
  explanation:
    "A CGI script gets the request's headers and query as environment variables, and the system bounds how large those may be: 128 KiB each on Linux, a few MB together. Send large data in the body of a POST request, which arrives on standard input without such a bound.",
  reference: "RFC 3875 §8.1",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (7)Argument list too long: exec of 'S' failed",
      answers: "500 Internal Server Error",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "environment-too-large",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "E2BIG") return null;
    const largest = subject.env?.reduce((a, b) => (b.value.length > a.value.length ? b : a));
    return {
      detail: `One variable or argument may have at most 128 KiB. A very long query string or header does this.${largest ? ` The longest is ${largest.name} with ${largest.value.length} bytes.` : ""}`,
      evidence: [
        refused.evidence,
        ...(largest ? [{ kind: "variable" as const, name: largest.name, value: null }] : []),
      ],
    };
  },
};
