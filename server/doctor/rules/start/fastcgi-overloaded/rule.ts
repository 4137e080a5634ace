// The application has no room for another request.

import type { Evidence } from "../../../../contract/trace.js";
import { apache, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { upstreamFailure } from "../../../evidence/upstream-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The FastCGI application is overloaded",
  summary: "The application refused the request, or too many connections already wait for it.",
  explanation:
    "An application serves a limited number of requests at once, and all its slots are taken. Either it refused the request (`FCGI_OVERLOADED` or `FCGI_CANT_MPX_CONN`), or the system refused the connection because the queue of waiting connections is full. Start more workers, or find out what keeps them busy.",
  reference: "FastCGI §5.5",
  logged: [
    unproved(
      nginx.says("connect() to unix:S failed (11: Resource temporarily unavailable) while connecting to upstream", 502),
    ),
    unproved(apache.silent(503)),
  ],
  on: "failures",
  check: (facts) => {
    const failure = upstreamFailure(facts, "overloaded", "busy", "EAGAIN");
    if (failure === null) return null;
    const protocolStatus = failure === "busy" ? "CANT_MPX_CONN" : "OVERLOADED";
    const evidence: Evidence =
      failure === "EAGAIN"
        ? { kind: "errno", errno: "EAGAIN" }
        : { kind: "quote", of: "END_REQUEST", text: protocolStatus };
    return { detail: facts.cause?.text ?? rule.summary, evidence: [evidence] };
  },
};
