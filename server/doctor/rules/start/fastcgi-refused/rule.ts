// The application rejects the role, or ends the request with an unknown protocol status.
import { nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { recordLocation } from "../../../evidence/record-location.js";
import { upstreamFailure } from "../../../evidence/upstream-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The FastCGI application refuses the request",
  summary: "The application was written for another role, or its library has a bug.",
  explanation:
    "FastCGI has three roles: a responder answers requests, an authorizer decides who has access, and a filter processes files. This application replied that it does not support the responder role, or it ended the request with a protocol status that FastCGI does not define.",
  reference: "FastCGI §6",
  logged: [
    unproved(nginx.says("upstream sent unexpected FastCGI record: 3 while reading response header from upstream", 502)),
  ],
  on: "failures",
  check: (facts) => {
    if (upstreamFailure(facts, "refused-role", "refused") === null) return null;
    return { detail: facts.cause?.text ?? rule.summary, evidence: recordLocation(facts) };
  },
};
