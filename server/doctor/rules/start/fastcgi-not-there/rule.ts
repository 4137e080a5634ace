// Nothing listens at the address of a FastCGI application.
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "No FastCGI application listens at that address",
  summary: "The route names an address where nothing answers: not started, ended, or another address.",
  explanation:
    "A FastCGI application is a program that runs all the time and waits for requests on a port or a socket file. Nothing waits at the address of this route. The application was not started, has ended (php-cgi ends by itself after 500 requests unless told otherwise), listens elsewhere, or left a socket file behind when it was killed. Start it, or correct the address.",
  reference: "FastCGI §7",
  logged: [
    {
      server: "nginx",
      message: "connect() failed (111: Connection refused) while connecting to upstream",
      answers: "502 Bad Gateway",
      unproved: true,
    },
    { server: "lighttpd", message: "all handlers for U are down.", answers: "503 Service Unavailable", unproved: true },
    {
      server: "lighttpd",
      message: "unexpected close of gw connection for U (no gw process on socket: S)",
      answers: "502 Bad Gateway",
      unproved: true,
    },
    {
      server: "Apache",
      message: "AH00957: FCGI: attempt to connect to 127.0.0.1:9000 failed",
      answers: "503 Service Unavailable",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "fastcgi-not-there",
  text,
  when: "later",
  on: "failures",
  check: ({ outcome, notes, detail }) => {
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
