// The Status header does not begin with three digits (RFC 3875 §6.3.3).

import { quoteBytes } from "../../../../protocol/quote.js";
import { apacheSays, filled, goSays, nginxSays } from "../../../../servers/sentences.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, blankLine, fieldRange } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The Status header is not a valid status",
  summary: "`Status` must be three digits between 200 and 599, a space and a reason phrase.",
  explanation:
    "A script sets the HTTP status with the header `Status: 404 Not Found`. Its value must begin with three digits from 200 to 599, followed by a space and a reason phrase of your choice. This value does not, so the server has no status to send.",
  reference: "RFC 3875 §6.3.3",
  logged: [
    { server: "Apache", message: filled(apacheSays.badStatus, { TEXT: "abc" }), response: "500 Internal Server Error" },
    { server: "nginx", message: filled(nginxSays.badStatus, { TEXT: "abc" }), response: "502 Bad Gateway" },
    { server: "lighttpd", message: null, response: "502 Bad Gateway" },
    { server: "Go", message: filled(goSays.badStatus, { TEXT: "abc" }), response: "200 OK with an empty body" },
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    const { script } = facts;
    if (!bad || !script || blankLine(facts) === null) return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "status");
    const value = script.headers[index]?.[1];
    if (value === undefined || /^[2-5]\d\d(?:[ \t]|$)/.test(value)) return null;
    return {
      detail: `${quoteBytes(value)} is not a valid status. Write three digits from 200 to 599, a space and a reason phrase, as in \`Status: 404 Not Found\`.`,
      stream: "stdout",
      range: fieldRange(facts, index),
      evidence: processEvidence(facts),
    };
  },
};
