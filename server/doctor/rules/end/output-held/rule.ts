// The process has exited, but a process that it started still has its stdout open.
import { silentInAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "A background process keeps the script's stdout open",
  summary: "The script started a process that has its output open, so servers wait for more of the body.",
  explanation:
    "A response ends when the script's standard output is closed. A process that the script started in the background has it open too, until that process exits, and servers keep the browser waiting. Redirect the output of background work, `command >/dev/null 2>&1 &`, or close standard output in it first.",
  reference: "RFC 3875 §3.4",
  logged: silentInAll("200 OK, and the connection waits"),
  check: ({ notes }) =>
    notes.heldBy === null
      ? null
      : {
          detail: `The script exited, and 2 s later its stdout was still open${notes.heldBy.length > 0 ? ` (${notes.heldBy.join(", ")})` : ""}. The server ended the response then. Redirect the output of background work: \`command >/dev/null 2>&1 &\``,
          stream: "stdout",
        },
};
