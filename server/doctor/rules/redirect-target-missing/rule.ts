// A local redirect to what cannot be served.
import { fieldRange } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const redirectTargetMissing: RuleLater = {
  id: "redirect-target-missing",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const { outcome, script, detail } = facts;
    if (outcome !== "invalid-output" || script?.kind !== "local-redirect" || detail === null || detail.includes("loop")) return null;
    return { detail, stream: "stdout", range: fieldRange(facts, 0) };
  },
};
