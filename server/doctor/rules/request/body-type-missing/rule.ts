// A request body without Content-Type: form libraries ignore it.

import { firstValue } from "../../../../protocol/header-values.js";
import { silentInAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The request has a body but no Content-Type",
  summary: "Without `Content-Type` a form library does not recognize the form, and the script gets an empty one.",
  explanation:
    "A form arrives with `Content-Type: application/x-www-form-urlencoded`, or `multipart/form-data` for uploads. Libraries that parse forms check this type, in `CONTENT_TYPE`, and read nothing without it. Let the client send the header.",
  reference: "RFC 3875 §4.1.3",
  logged: silentInAll("CONTENT_TYPE unset or empty"),
  check: ({ request }) => {
    if (request.body.bytes === 0 || firstValue(request.headers, "content-type") !== null) return null;
    return {
      detail: `The body has ${request.body.bytes} bytes, and \`CONTENT_TYPE\` is not set.`,
      stream: "request",
      evidence: [{ kind: "variable", name: "CONTENT_TYPE", value: null }],
    };
  },
};
