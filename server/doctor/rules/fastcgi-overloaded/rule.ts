// The application has more to do than it can.
import type { Evidence } from "../../../contract/trace.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiOverloaded: RuleLater = {
  id: "fastcgi-overloaded",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, notes, detail }) => {
    if (outcome !== "upstream-error" || notes.failure === null || !["overloaded", "busy", "EAGAIN"].includes(notes.failure)) return null;
    const said = notes.failure === "busy" ? "CANT_MPX_CONN" : "OVERLOADED"; // its words, or the system's
    const evidence: Evidence = notes.failure === "EAGAIN" ? { kind: "errno", errno: "EAGAIN" } : { kind: "quote", of: "END_REQUEST", text: said };
    return { detail: detail ?? text.summary, evidence: [evidence] };
  },
};
