// A local redirect to what cannot be served.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fieldRange } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The local redirect leads nowhere",
  summary: "The script asks the server to serve another path, and that path means nothing here.",
  explanation:
    'A script that answers with nothing but "Location: /path" asks the server to serve that path instead. This path cannot be served: it is malformed, or holds what servers refuse.',
  reference: "RFC 3875 §6.2.2",
  logged: [
    { server: "Apache", message: null, answers: "404 Not Found" },
    { server: "lighttpd", message: null, answers: "404 Not Found" },
    { server: "nginx", message: null, answers: "302 Found, to the client" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "redirect-target-missing",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const { outcome, script, detail } = facts;
    if (outcome !== "invalid-output" || script?.kind !== "local-redirect" || detail === null || detail.includes("loop"))
      return null;
    return { detail, stream: "stdout", range: fieldRange(facts, 0) };
  },
};
