// The Status header does not begin with three digits (RFC 3875 §6.3.3).

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, go, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fieldRange } from "../../../evidence/header-fields.js";
import { badOutput, blankLine } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The Status header is not a valid status",
  summary: "`Status` must be three digits between 200 and 599, a space and a reason phrase.",
  explanation:
    "A script sets the HTTP status with the header `Status: 404 Not Found`. Its value must begin with three digits from 200 to 599, followed by a space and a reason phrase of your choice. This value does not, so the server has no status to send.",
  reference: "RFC 3875 §6.3.3",
  logged: [
    apache.logs("badStatus", 500, { TEXT: "abc" }),
    nginx.logs("badStatus", 502, { TEXT: "abc" }),
    lighttpd.silent(502),
    go.logs("badStatus", "200 OK with an empty body", { TEXT: "abc" }),
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
