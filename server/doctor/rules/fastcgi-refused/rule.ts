// The application refuses the role, or ends the request with a status nobody knows.
import { recordPlace } from "../../record-place.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiRefused: RuleLater = {
  id: "fastcgi-refused",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const { outcome, notes, detail } = facts;
    if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "refused-role" || notes.failure === "refused")) return null;
    return { detail: detail ?? text.summary, evidence: recordPlace(facts) };
  },
};
