// A body without Content-Type: form libraries read nothing.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The request has a body and does not say of what type",
  summary: "Without Content-Type a form library finds no form, and the script sees an empty one.",
  explanation:
    "A form arrives with Content-Type: application/x-www-form-urlencoded, or multipart/form-data for uploads. Libraries that read forms look at it (CONTENT_TYPE for the script) and read nothing without it. Have the client send it.",
  reference: "RFC 3875 §4.1.3",
  logged: [
    { server: "Apache", message: null, answers: "CONTENT_TYPE unset or empty" },
    { server: "lighttpd", message: null, answers: "CONTENT_TYPE unset or empty" },
    { server: "nginx", message: null, answers: "CONTENT_TYPE unset or empty" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "body-type-missing",
  text,
  when: "at-once",
  check: ({ request }) => {
    if (
      request.body.bytes === 0 ||
      request.headers.some(([name]) => name.length === 12 && name.toLowerCase() === "content-type")
    )
      return null;
    return {
      detail: `The body has ${request.body.bytes} bytes, and CONTENT_TYPE is not set.`,
      stream: "request",
      evidence: [{ kind: "variable", name: "CONTENT_TYPE", value: null }],
    };
  },
};
