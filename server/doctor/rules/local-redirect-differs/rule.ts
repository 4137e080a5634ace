// nginx sends the client where others serve themselves.
import { fieldRange } from "../../output.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const localRedirectDiffers: RuleAtOnce = {
  id: "local-redirect-differs",
  text,
  when: "at-once",
  look: (facts) =>
    facts.script?.kind === "local-redirect" && facts.outcome === "ok"
      ? { detail: "nginx would answer 302 and let the browser ask again.", stream: "stdout", range: fieldRange(facts, 0) }
      : null,
};
