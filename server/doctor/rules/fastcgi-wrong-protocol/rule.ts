// Something else than FastCGI answered.
import { recordPlace } from "../../record-place.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiWrongProtocol: RuleLater = {
  id: "fastcgi-wrong-protocol",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const { outcome, notes, detail } = facts;
    if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "wrong-protocol")) return null;
    return { detail: detail ?? text.summary, evidence: recordPlace(facts) };
  },
};
