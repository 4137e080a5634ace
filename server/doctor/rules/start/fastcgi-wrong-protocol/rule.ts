// Something else than FastCGI answered.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { recordPlace } from "../../../evidence/record-location.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "What answers there does not speak FastCGI",
  summary: "The first byte of a FastCGI answer is 1; this one is something else: HTTP, SCGI, TLS, text.",
  explanation:
    "FastCGI is a protocol of its own: each piece of an answer begins with the number 1, its version. What answered here began with another byte. 72 is an H: an HTTP server listens there, and the route should be a proxy's. 83 is an S: an SCGI application, or a CGI program put on a socket. 123 is a brace, JSON. 0 in the middle of an answer means that the application's library counted its padding wrong.",
  reference: "FastCGI §3.3",
  logged: [
    {
      server: "nginx",
      message: "upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream",
      answers: "502 Bad Gateway",
      unproved: true,
    },
    { server: "Apache", message: "AH01068: Got bogus version 72", answers: "502 Bad Gateway", unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "fastcgi-wrong-protocol",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const { outcome, notes, detail } = facts;
    if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "wrong-protocol")) return null;
    return { detail: detail ?? text.summary, evidence: recordPlace(facts) };
  },
};
