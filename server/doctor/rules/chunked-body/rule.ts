// The body came without a length, and servers differ over CONTENT_LENGTH.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const chunkedBody: RuleAtOnce = {
  id: "chunked-body",
  text,
  when: "at-once",
  look: ({ request }) => {
    const index = request.headers.findIndex(([name, value]) => name.length === 17 && name.toLowerCase() === "transfer-encoding" && /chunked/i.test(value));
    if (index < 0) return null;
    return {
      detail: `${request.body.bytes} bytes came in chunks. With Apache the script finds no CONTENT_LENGTH and must read to the end of its input.`,
      stream: "request",
      evidence: [{ kind: "variable", name: "CONTENT_LENGTH", value: String(request.body.bytes) }],
    };
  },
};
