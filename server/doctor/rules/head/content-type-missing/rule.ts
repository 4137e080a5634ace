// A body without a type.
import { go, silentInAll, unproved } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { blankLine, rangeIn } from "../../../evidence/output.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "The response has no Content-Type",
  summary: "The response has a body but does not declare its type, so the browser guesses.",
  explanation:
    "`Content-Type` declares what the body is: `text/html`, `image/png`, `application/json`. Without it a browser guesses from the first bytes. It may guess wrong, or differently from the next browser. Go's server refuses such a response.",
  reference: "RFC 3875 §6.2.1",
  logged: [unproved(go.logs("noType", 500)), ...silentInAll("200 OK without Content-Type")],
  fixes: ["add-content-type"],
  check: (facts) => {
    const { script, stdout } = facts;
    if (script?.kind !== "document" || script.status === 204 || script.status === 304 || !stdout) return null;
    if (facts.request.method === "HEAD") return null;
    const types = script.headers.filter(([name]) => name.length === 12 && name.toLowerCase() === "content-type");
    if (types.some(([, value]) => value !== "")) return null;
    const isEmpty = types.length > 0;
    const isOtherRules = !isEmpty && !script.headers.some(([name]) => /^(?:location|status)$/i.test(name));
    if (isOtherRules) return null; // cgi-field-missing
    const end = blankLine(facts);
    if (end === null || stdout.bytes <= end.to) return null;
    return {
      ...(isEmpty ? { title: "The Content-Type is empty", fixes: [] } : {}),
      detail: `${isEmpty ? "Print" : "Add"} a header such as \`Content-Type: text/html; charset=utf-8\`.`,
      stream: "stdout",
      range: rangeIn(stdout, 0, end.from),
    };
  },
};
