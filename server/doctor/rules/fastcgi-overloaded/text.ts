// What the rule fastcgi-overloaded says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
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
