// The client promised more bytes than it sent, and the script waits for them.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const bodyIncomplete: RuleLater = {
  id: "body-incomplete",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, env, request, process }) => {
    if (outcome !== "timeout" || process === null) return null;
    const promised = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
    if (!(promised > request.body.bytes)) return null;
    return {
      detail: `The client promised ${promised} bytes and sent ${request.body.bytes}. The script was ended while it waited for the rest.`,
      stream: "request",
      evidence: [
        { kind: "variable", name: "CONTENT_LENGTH", value: String(promised) },
        { kind: "quote", of: "request body", text: `${request.body.bytes} bytes came` },
      ],
    };
  },
};
