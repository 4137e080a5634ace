// The socket file is there and may not be opened.
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The FastCGI application's socket may not be opened",
  summary: "The server's user has no write permission for the socket file, or may not enter a folder above it.",
  explanation:
    "To talk to a FastCGI application through a socket file the server's user needs write permission for that file and the execute bit of every folder above it. php-fpm has listen.owner and listen.mode for that; other applications set a umask. Look with ls -l at the socket.",
  reference: null,
  logged: [
    {
      server: "nginx",
      message: "connect() to unix:S failed (13: Permission denied) while connecting to upstream",
      answers: "502 Bad Gateway",
      unproved: true,
    },
    {
      server: "Apache",
      message: "AH02454: FCGI: attempt to connect to Unix domain socket S failed",
      answers: "503 Service Unavailable",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "fastcgi-socket-permission",
  text,
  when: "later",
  on: "failures",
  check: ({ outcome, notes, detail }) => {
    if (
      outcome !== "upstream-error" ||
      notes.failure === null ||
      !(notes.failure === "EACCES" || notes.failure === "EPERM")
    )
      return null;
    return { detail: detail ?? text.summary, evidence: [{ kind: "errno", errno: notes.failure }] };
  },
};
