// The application has more to do than it can.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiOverloaded: RuleLater = {
  id: "fastcgi-overloaded",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, notes, detail }) => {
    if (outcome !== "upstream-error" || notes.failure === null || !["overloaded", "busy", "EAGAIN"].includes(notes.failure)) return null;
    return { detail: detail ?? text.summary, evidence: [{ kind: "quote", of: "FastCGI", text: notes.failure }] };
  },
};
