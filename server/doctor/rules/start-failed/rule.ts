// The system refused for a reason that has no rule of its own.
import { toDisplayText } from "../../../trace/decode-text.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const startFailed: RuleLater = {
  id: "start-failed",
  text,
  when: "later",
  on: "fallback",
  look: ({ outcome, process, route }) => {
    if (outcome !== "spawn-error") return null;
    const errno = process?.errno ?? "an unknown error";
    return {
      title: `The system could not start the script: ${errno}`,
      detail: `Starting ${route.file === null ? "it" : toDisplayText(route.file)} failed with ${errno}.`,
      evidence: [{ kind: "errno", errno }],
    };
  },
};
