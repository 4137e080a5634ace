// The script ended without reading the whole body.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const bodyNotRead: RuleAtOnce = {
  id: "body-not-read",
  text,
  when: "at-once",
  look: ({ request, stdin, outcome }) => {
    if (outcome !== "ok" || !stdin || stdin.bytes >= request.body.bytes) return null;
    return {
      detail: `${stdin.bytes} of ${request.body.bytes} bytes went to the script before it ended.`,
      stream: "stdin",
      range: [Math.max(0, stdin.bytes - 1), stdin.bytes],
    };
  },
};
