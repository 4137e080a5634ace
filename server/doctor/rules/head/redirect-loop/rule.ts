// A local redirect that leads to itself in the end.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fieldRange } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The local redirects go round in a circle",
  summary: "The script redirects to an address whose script redirects again, and so on without end.",
  explanation:
    'A script that answers with nothing but "Location: /path" asks the server to serve that path instead, without telling the browser. When what answers there redirects back, the server would go on for ever; it gives up after a few times. Send a page at the end of the chain, or redirect the browser with a Status of 302 and a whole address.',
  reference: "RFC 3875 §6.2.2",
  logged: [
    {
      server: "Apache",
      message: "AH00124: Request exceeded the limit of 10 internal redirects due to probable configuration error.",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "302 Found, to the client" },
    {
      server: "lighttpd",
      message: "too many internal loops while processing request: U",
      answers: null,
      unproved: true,
    },
    { server: "nginx", message: null, answers: "302 Found, to the client" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "redirect-loop",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const { outcome, script, detail } = facts;
    if (outcome !== "invalid-output" || script?.kind !== "local-redirect" || !detail?.includes("loop")) return null;
    return { detail, stream: "stdout", range: fieldRange(facts, 0) };
  },
};
