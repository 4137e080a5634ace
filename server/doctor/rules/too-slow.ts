// The script was silent for longer than the limit and was ended.
import { finding, type Rule } from "../rule.js";

export const tooSlow: Rule = ({ outcome, detail, stdin, request }) => {
  if (outcome !== "timeout") return null;
  const waits = request.body.bytes > (stdin?.bytes ?? 0);
  return finding({
    rule: "timeout",
    severity: "error",
    title: "The script took too long and was ended",
    detail: `${detail ?? "It wrote nothing within the limit."}${waits ? ` It had read ${stdin?.bytes ?? 0} of ${request.body.bytes} bytes of the request body.` : ""} The limit stands in cgi-workbench.json under limits.silenceMs.`,
    reference: "RFC 3875 §6.1",
  });
};
