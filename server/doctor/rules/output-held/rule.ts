// The process is gone, yet something it started still holds stdout: a server would wait, some for ever.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const outputHeld: RuleAtOnce = {
  id: "output-held",
  text,
  when: "at-once",
  look: ({ notes }) =>
    notes.heldBy === null
      ? null
      : {
          detail: `The script's process had ended for 2 s and its stdout was not closed${notes.heldBy.length > 0 ? ` (${notes.heldBy.join(", ")})` : ""}. The response was ended there. Start background work with its output redirected: command >/dev/null 2>&1 &`,
          stream: "stdout",
        },
};
