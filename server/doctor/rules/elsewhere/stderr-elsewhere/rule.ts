// What goes to stderr, and where other servers put it.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "The script wrote to its standard error",
  summary:
    "It answered well and said something beside it, which visitors never see and servers keep in different places.",
  explanation:
    "Standard error is where programs put warnings. Apache writes it into its error log, nginx too (cut into lines of 2 KB), lighttpd only when server.breakagelog is set, fcgiwrap passes it on only when started with -f. Its place in time between the lines of the page is lost everywhere; here it stands on one axis with them.",
  reference: "RFC 3875 §6.1",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: TEXT", answers: null },
    { server: "lighttpd", message: null, answers: null },
    { server: "nginx", message: 'FastCGI sent in stderr: "TEXT"', answers: null },
    { server: "fcgiwrap", message: null, answers: null },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "stderr-elsewhere",
  text,
  when: "at-once",
  check: ({ outcome, stderr, script }) =>
    outcome === "ok" && stderr && stderr.bytes > 0 && script !== null
      ? {
          detail: `${stderr.bytes} bytes, in ${stderr.chunks.length} ${stderr.chunks.length === 1 ? "write" : "writes"}.`,
          stream: "stderr",
          range: [0, stderr.bytes],
        }
      : null,
};
