// Fewer bytes than Content-Length says.
import { lengthClaim } from "../../content-length.js";
import { at } from "../../fields.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const contentLengthLarge: RuleLater = {
  id: "content-length-large",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const claim = lengthClaim(facts);
    if (claim === null || claim.declared <= claim.actual || facts.outcome === "client-gone" || facts.outcome === "stopped" || facts.outcome === "timeout")
      return null;
    const missing = claim.declared - claim.actual;
    return {
      detail: `${claim.declared} is declared and the page has ${claim.actual} bytes: ${missing === 1 ? "1 is" : `${missing} are`} missing.`,
      ...at(facts, claim.field),
    };
  },
};
