// The socket file is there and may not be opened.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fastcgiSocketPermission: RuleLater = {
  id: "fastcgi-socket-permission",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, notes, detail }) => {
    if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "EACCES" || notes.failure === "EPERM")) return null;
    return { detail: detail ?? text.summary, evidence: [{ kind: "errno", errno: notes.failure }] };
  },
};
