// A path in Location beside other fields: Apache serves it, others send the client there.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { fieldRange } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Servers differ over this redirect",
  summary:
    "Location is a path and stands beside other fields: CGI knows no such answer, and each server does something else.",
  explanation:
    'CGI has two redirects. "Location: /path" alone asks the server to serve that path itself, unseen by the browser. A Location with a whole address (http://…) and a Status sends the browser there. This answer mixes them: a path, beside other fields. Apache serves the path and drops the rest; lighttpd and nginx send the browser there. Remove the other fields, or add "Status: 302 Found".',
  reference: "RFC 3875 §6.2.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, the page at that path" },
    { server: "lighttpd", message: null, answers: "302 Found with the body" },
    { server: "nginx", message: null, answers: "302 Found with the body" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "local-redirect-with-fields",
  text,
  when: "at-once",
  check: (facts) => {
    const { script } = facts;
    if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
    if (!script.headers[index]?.[1].startsWith("/")) return null;
    if (script.headers.length === 1 || script.headers.some(([name]) => name.toLowerCase() === "status")) return null;
    return {
      detail: `Beside Location stands ${script.headers
        .filter((_, at) => at !== index)
        .map(([name]) => name)
        .slice(0, 5)
        .join(", ")}. Remove it, or add "Status: 302 Found".`,
      stream: "stdout",
      range: fieldRange(facts, index),
    };
  },
};
