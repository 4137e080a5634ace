// More requests waited than the limit allows.
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "Too many requests waited at once",
  summary: "The server runs so many scripts at once, lets so many more wait, and refuses the next.",
  explanation:
    "Each CGI request starts a process, and a machine bears only so many at once. The server runs up to limits.concurrency scripts, lets up to limits.queue requests wait for a place, and answers 503 to the next. Something sends faster than the scripts can answer, or scripts hang and keep their places.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH00161: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting",
      answers: null,
      unproved: true,
    },
    { server: "lighttpd", message: "[note] sockets disabled, out-of-fds", answers: null, unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "queue-full",
  text,
  when: "later",
  on: "failures",
  withoutScript: true,
  check: ({ outcome, detail }) =>
    outcome === "queue-full"
      ? { detail: `${detail ?? text.summary} The limits stand in cgi-workbench.json under limits.` }
      : null,
};
