// The body came without a length, and servers differ over CONTENT_LENGTH.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The request came in chunks: other servers set no CONTENT_LENGTH",
  summary:
    "This server collected the body and knew its length; Apache leaves CONTENT_LENGTH unset, and a script that relies on it sees an empty form.",
  explanation:
    "A client that does not know how long its data will be sends it in chunks, without Content-Length. CGI has no such form: this server, lighttpd and nginx take the whole body first and give its length. Apache starts the script at once and leaves CONTENT_LENGTH unset, so that a script which reads that many bytes reads none. A script that is to work there must read to the end of standard input when the variable is missing.",
  reference: "RFC 3875 §4.1.2",
  logged: [
    { server: "Apache", message: null, answers: "CONTENT_LENGTH unset, body to the end of input" },
    { server: "lighttpd", message: null, answers: "CONTENT_LENGTH set" },
    { server: "nginx", message: null, answers: "CONTENT_LENGTH set" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "chunked-body",
  text,
  when: "at-once",
  check: ({ request }) => {
    const index = request.headers.findIndex(
      ([name, value]) => name.length === 17 && name.toLowerCase() === "transfer-encoding" && /chunked/i.test(value),
    );
    if (index < 0) return null;
    return {
      detail: `${request.body.bytes} bytes came in chunks. With Apache the script finds no CONTENT_LENGTH and must read to the end of its input.`,
      stream: "request",
      evidence: [{ kind: "variable", name: "CONTENT_LENGTH", value: String(request.body.bytes) }],
    };
  },
};
