// The process is gone, yet something it started still holds stdout: a server would wait, some for ever.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "end",
  severity: "warning",
  title: "Something the script started still holds its stdout",
  summary: "A background process keeps the script's output open, so servers wait for more of the page.",
  explanation:
    "A page is over when the script's standard output is closed, and a process started in the background has it open too, until it ends. Servers keep the browser waiting for it. Start background work with its output redirected, command >/dev/null 2>&1 &, or close standard output in it first.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, and the connection waits" },
    { server: "lighttpd", message: null, answers: "200 OK, and the connection waits" },
    { server: "nginx", message: null, answers: "200 OK, and the connection waits" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "output-held",
  text,
  when: "at-once",
  check: ({ notes }) =>
    notes.heldBy === null
      ? null
      : {
          detail: `The script's process had ended for 2 s and its stdout was not closed${notes.heldBy.length > 0 ? ` (${notes.heldBy.join(", ")})` : ""}. The response was ended there. Start background work with its output redirected: command >/dev/null 2>&1 &`,
          stream: "stdout",
        },
};
