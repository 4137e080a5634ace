// Nothing listens at the address of a FastCGI application.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiNotThere: RuleLater = {
  id: "fastcgi-not-there",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, notes, detail }) => {
    if (
      outcome !== "upstream-error" ||
      notes.failure === null ||
      ![
        "ECONNREFUSED",
        "ENOENT",
        "ENOTSOCK",
        "EPROTOTYPE",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ETIMEDOUT",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "ECONNRESET",
        "path-too-long",
      ].includes(notes.failure)
    )
      return null;
    return { detail: detail ?? text.summary, evidence: [{ kind: "errno", errno: notes.failure }] };
  },
};
