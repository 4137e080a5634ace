// nginx sends the client where others serve themselves.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { fieldRange } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "nginx treats a local redirect differently",
  summary: "The path was served in the script's place, as RFC 3875 says; nginx sends the browser there instead.",
  explanation:
    '"Location: /path" alone asks the server to serve that path in the script\'s place; the browser does not notice. Apache and lighttpd do so, nginx sends a 302 to the browser: the address changes, and a POST becomes a GET either way.',
  reference: "RFC 3875 §6.2.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, the page at that path" },
    {
      server: "lighttpd",
      message: null,
      answers: "302 Found to the client when the path is the script's own, else the page at that path",
    },
    { server: "nginx", message: null, answers: "302 Found, to the client" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "local-redirect-differs",
  text,
  when: "at-once",
  check: (facts) =>
    facts.script?.kind === "local-redirect" && facts.outcome === "ok"
      ? {
          detail: "nginx would answer 302 and let the browser ask again.",
          stream: "stdout",
          range: fieldRange(facts, 0),
        }
      : null,
};
