// A local redirect that leads to itself in the end.
import { fieldRange } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const redirectLoop: RuleLater = {
  id: "redirect-loop",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const { outcome, script, detail } = facts;
    if (outcome !== "invalid-output" || script?.kind !== "local-redirect" || !detail?.includes("loop")) return null;
    return { detail, stream: "stdout", range: fieldRange(facts, 0) };
  },
};
