// Something else than FastCGI answered.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiWrongProtocol: RuleLater = {
  id: "fastcgi-wrong-protocol",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, notes, detail }) => {
    if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "wrong-protocol")) return null;
    return { detail: detail ?? text.summary, evidence: [{ kind: "quote", of: "FastCGI", text: notes.failure }] };
  },
};
