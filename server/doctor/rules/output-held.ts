// The process is gone, yet something it started still holds stdout: a server would wait, some for ever.
import { finding, type Rule } from "../rule.js";

export const outputHeld: Rule = ({ notes }) =>
  notes.heldBy === null
    ? null
    : finding({
        rule: "output-held",
        severity: "warning",
        title: "Something the script started still holds its stdout",
        detail: `The script's process had ended for 2 s and its stdout was not closed${notes.heldBy.length > 0 ? ` (${notes.heldBy.join(", ")})` : ""}. The response was ended there. Start background work with its output redirected: command >/dev/null 2>&1 &`,
        stream: "stdout",
      });
