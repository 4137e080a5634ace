// A body without Content-Type: form libraries read nothing.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const bodyTypeMissing: RuleAtOnce = {
  id: "body-type-missing",
  text,
  when: "at-once",
  look: ({ request }) => {
    if (request.body.bytes === 0 || request.headers.some(([name]) => name.length === 12 && name.toLowerCase() === "content-type")) return null;
    return {
      detail: `The body has ${request.body.bytes} bytes, and CONTENT_TYPE is not set.`,
      stream: "request",
      evidence: [{ kind: "variable", name: "CONTENT_TYPE", value: null }],
    };
  },
};
