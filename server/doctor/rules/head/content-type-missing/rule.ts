// A document without a type: every client guesses.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { emptyLine, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "The page has no Content-Type",
  summary: "The response has a page and does not say what it is, so the browser guesses.",
  explanation:
    "Content-Type tells what the bytes of the page are: text/html, image/png, application/json. Without it a browser looks at the first bytes and guesses, and may guess wrong, or differently from the next browser. Go's server refuses such a response.",
  reference: "RFC 3875 §6.2.1",
  logged: [
    {
      server: "Go",
      message: "cgi: missing required Content-Type in headers",
      answers: "500 Internal Server Error",
      unproved: true,
    },
    { server: "Apache", message: null, answers: "200 OK without Content-Type" },
    { server: "lighttpd", message: null, answers: "200 OK without Content-Type" },
    { server: "nginx", message: null, answers: "200 OK without Content-Type" },
  ],
  fixes: ["add-content-type"],
};

export const rule: InlineRule = {
  id: "content-type-missing",
  text,
  when: "at-once",
  check: (facts) => {
    const { script, stdout } = facts;
    if (script?.kind !== "document" || script.status === 204 || script.status === 304 || !stdout) return null;
    if (
      facts.request.method === "HEAD" ||
      script.headers.some(
        ([name, value]) => name.length === 12 && value !== "" && name.toLowerCase() === "content-type",
      )
    )
      return null;
    const end = emptyLine(facts);
    if (end === null || stdout.bytes <= end.to) return null;
    return {
      detail: 'Add a line such as "Content-Type: text/html; charset=utf-8" to the header.',
      stream: "stdout",
      range: rangeIn(stdout, 0, end.from),
    };
  },
};
