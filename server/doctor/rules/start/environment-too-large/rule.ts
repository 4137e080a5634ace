// The start failed with E2BIG: one variable or argument exceeds the kernel's limit.
import type { DeferredRule } from "../../../engine/rule.js";
import { refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The environment is too large",
  summary:
    "Linux limits a single environment variable or argument to 128 KiB, and a very long query or header exceeds it.",
  explanation:
    "A CGI script gets the request's headers and query as environment variables, and the system limits their size: on Linux 128 KiB each and a few MiB together. Send large data in the body of a POST request. The script reads it from standard input, which has no such limit.",
  reference: "RFC 3875 §8.1",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (7)Argument list too long: exec of 'S' failed",
      response: "500 Internal Server Error",
      unproved: true,
    },
  ],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "E2BIG") return null;
    const largest = facts.env?.reduce((a, b) => (b.value.length > a.value.length ? b : a));
    return {
      detail: `A single variable or argument is limited to 128 KiB. A very long query string or header exceeds that.${largest ? ` The longest variable is \`${largest.name}\` with ${largest.value.length} bytes.` : ""}`,
      evidence: [
        refused.evidence,
        ...(largest ? [{ kind: "variable" as const, name: largest.name, value: null }] : []),
      ],
    };
  },
};
