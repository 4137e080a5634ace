// None of Content-Type, Location and Status is present (RFC 3875 §6.3).
import { go, silentInAll, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { blankLine, hasNoResponse, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The headers lack all three that CGI requires",
  summary: "One of `Content-Type`, `Location` and `Status` must be present. These headers have only others.",
  explanation:
    "A CGI response must have at least one of three headers: `Content-Type` for a body, `Location` for a redirect, `Status` for any other response. This response has only others, so its type is unknown: browsers guess from the first bytes, and Go's server responds 500, as CGI Workbench does where its policy says so. Add `Content-Type`.",
  reference: "RFC 3875 §6.3",
  logged: [...silentInAll("200 OK without Content-Type"), unproved(go.logs("noType", 500))],
  fixes: ["add-content-type"],
  on: "anything",
  check: (facts) => {
    const { script, stdout } = facts;
    const end = blankLine(facts);
    if (!script || !stdout || script.kind === "nph" || script.headers.length === 0 || end === null) return null;
    if (script.headers.some(([name]) => /^(?:content-type|location|status)$/i.test(name))) return null;
    const names = script.headers.map(([name]) => name);
    const glued = /^(.*[^-])Content-Type$/im.exec(names.join("\n"))?.[1];
    const toDo =
      glued === undefined
        ? "Add `Content-Type`, `Location` or `Status`."
        : `“${glued}” stands before the header in its line. Print nothing before the headers, or flush them first.`;
    return {
      severity: hasNoResponse(facts) ? "error" : "warning",
      ...(glued !== undefined && { fixes: [] }),
      detail: `The headers are ${names.slice(0, 5).join(", ")}. ${toDo}`,
      stream: "stdout",
      range: rangeIn(stdout, 0, end.from),
      evidence: processEvidence(facts),
    };
  },
};
