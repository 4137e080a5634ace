// The application closed the connection before its answer was whole.
import { isOnEarlierAttempt } from "../../../../trace/fastcgi-notes.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { recordPlace } from "../../../evidence/record-location.js";

const text: RuleText = {
  stage: "end",
  severity: "error",
  title: "The FastCGI application ended in the middle of the request",
  summary: "It closed the connection without saying that its answer was complete; it probably crashed.",
  explanation:
    "A FastCGI application says at the end of each answer that it is complete. This one closed the connection before that: it crashed, was restarted, or reached a limit. Its own log says why. A variable longer than 65,535 bytes, which must be split, is another cause: php-cgi closes the connection then.",
  reference: "FastCGI §5.5",
  logged: [
    {
      server: "nginx",
      message: "upstream prematurely closed connection while reading response header from upstream",
      answers: "502 Bad Gateway",
      unproved: true,
    },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI request",
      answers: "502 Bad Gateway",
      unproved: true,
    },
    {
      server: "Apache",
      message: "AH01067: Failed to read FastCGI header",
      answers: "503 Service Unavailable",
      unproved: true,
    },
    {
      server: "lighttpd",
      message: "unexpected end-of-file (perhaps the fastcgi process died)",
      answers: "502 Bad Gateway",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "fastcgi-died",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const { outcome, notes, detail } = facts;
    if (
      outcome !== "upstream-error" ||
      notes.failure === null ||
      !(notes.failure === "died" || notes.failure === "EPIPE")
    )
      return null;
    const earlier = facts.fastcgi?.notes.filter(isOnEarlierAttempt) ?? [];
    return {
      detail: [
        detail ?? text.summary,
        ...(earlier.length > 0 ? ["It was not the first attempt.", ...earlier] : []),
      ].join(" "),
      evidence: [
        ...(notes.failure === "died" ? [] : [{ kind: "errno" as const, errno: notes.failure }]),
        ...recordPlace(facts),
      ],
    };
  },
};
