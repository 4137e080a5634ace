// The peer answered, but not in FastCGI records.
import { apache, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { recordLocation } from "../../../evidence/record-location.js";
import { upstreamFailure } from "../../../evidence/upstream-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The program at this address does not speak FastCGI",
  summary:
    "The first byte of a FastCGI response is 1. This response begins with another byte: HTTP, SCGI, TLS or text.",
  explanation:
    "FastCGI sends its response in records, and each record begins with the version number 1. This response has another byte there. 72 is an `H`: an HTTP server listens at the address, and the request needs a proxy instead. 83 is an `S`: an SCGI application, or a CGI program on a socket. 123 is `{`: JSON. A 0 in the middle of a response means that the application's library counted its padding wrong.",
  reference: "FastCGI §3.3",
  logged: [
    unproved(
      nginx.says(
        "upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream",
        502,
      ),
    ),
    unproved(apache.says("AH01068: Got bogus version 72", 502)),
  ],
  on: "failures",
  check: (facts) => {
    if (upstreamFailure(facts, "wrong-protocol") === null) return null;
    return { detail: facts.cause?.text ?? rule.summary, evidence: recordLocation(facts) };
  },
};
