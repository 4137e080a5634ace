// The application closed the connection before its answer was whole.
import { isOnEarlierAttempt } from "../../../trace/fastcgi-notes.js";
import { recordPlace } from "../../record-place.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiDied: RuleLater = {
  id: "fastcgi-died",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const { outcome, notes, detail } = facts;
    if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "died" || notes.failure === "EPIPE")) return null;
    const earlier = facts.fastcgi?.notes.filter(isOnEarlierAttempt) ?? [];
    return {
      detail: [detail ?? text.summary, ...(earlier.length > 0 ? ["It was not the first attempt.", ...earlier] : [])].join(" "),
      evidence: [...(notes.failure === "died" ? [] : [{ kind: "errno" as const, errno: notes.failure }]), ...recordPlace(facts)],
    };
  },
};
