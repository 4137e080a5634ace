// The application has more to do than it can.
import type { Evidence } from "../../../../contract/trace.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The FastCGI application is overloaded",
  summary: "It refused the request, or has too many connections waiting.",
  explanation:
    "The application serves a limited number of requests at once, and all its places are taken: it said so (OVERLOADED, or CANT_MPX_CONN), or the system turned the connection away because too many wait. Give it more workers, or look what keeps them busy.",
  reference: "FastCGI §5.5",
  logged: [
    {
      server: "nginx",
      message: "connect() to unix:S failed (11: Resource temporarily unavailable) while connecting to upstream",
      answers: "502 Bad Gateway",
      unproved: true,
    },
    { server: "Apache", message: null, answers: "503 Service Unavailable", unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "fastcgi-overloaded",
  text,
  when: "later",
  on: "failures",
  check: ({ outcome, notes, detail }) => {
    if (
      outcome !== "upstream-error" ||
      notes.failure === null ||
      !["overloaded", "busy", "EAGAIN"].includes(notes.failure)
    )
      return null;
    const said = notes.failure === "busy" ? "CANT_MPX_CONN" : "OVERLOADED"; // its words, or the system's
    const evidence: Evidence =
      notes.failure === "EAGAIN"
        ? { kind: "errno", errno: "EAGAIN" }
        : { kind: "quote", of: "END_REQUEST", text: said };
    return { detail: detail ?? text.summary, evidence: [evidence] };
  },
};
