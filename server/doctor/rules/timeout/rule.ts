// The script was silent for longer than the limit and was ended.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const timeout: RuleLater = {
  id: "timeout",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, detail, stdin, request, env, stdout, process }) => {
    if (outcome !== "timeout") return null;
    const promised = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
    if (process !== null && promised > request.body.bytes) return null;
    const waits = request.body.bytes > (stdin?.bytes ?? 0);
    return {
      title: (stdout?.bytes ?? 0) > 0 ? "The script stopped in the middle of its response and was ended" : text.title,
      detail: `${detail ?? "It wrote nothing within the limit."}${waits ? ` It had read ${stdin?.bytes ?? 0} of ${request.body.bytes} bytes of the request body.` : ""} The limit stands in cgi-workbench.json under limits.silenceMs.`,
      evidence: [{ kind: "quote", of: "stdout", text: `${stdout?.bytes ?? 0} bytes until then` }],
    };
  },
};
