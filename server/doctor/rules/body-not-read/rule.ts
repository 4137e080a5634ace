// The script ended without reading the whole body.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const bodyNotRead: RuleAtOnce = {
  id: "body-not-read",
  text,
  when: "at-once",
  look: ({ request, stdin, outcome }) => {
    if (outcome !== "ok" || !stdin) return null;
    // What the client sent on after the script's end was not looked at: what it announced counts.
    const announced = Number(request.headers.find(([name]) => name.toLowerCase() === "content-length")?.[1] ?? request.body.bytes);
    if (stdin.bytes >= announced) return null;
    return {
      detail: `${stdin.bytes} of ${announced} bytes went to the script before it ended.`,
      stream: "stdin",
      range: [Math.max(0, stdin.bytes - 1), stdin.bytes],
    };
  },
};
