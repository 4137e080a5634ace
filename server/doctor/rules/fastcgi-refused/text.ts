// What the rule fastcgi-refused says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The FastCGI application refuses the request",
  summary: "It was written for another role, or its library is at fault.",
  explanation:
    "FastCGI knows three roles: responders answer requests, authorizers decide who may come in, filters work on files. This application said that it does not serve requests as a responder, or ended the request with a status that FastCGI does not know.",
  reference: "FastCGI §6",
  logged: [
    {
      server: "nginx",
      message: "upstream sent unexpected FastCGI record: 3 while reading response header from upstream",
      answers: "502 Bad Gateway",
      unproved: true,
    },
  ],
  fixes: [],
};
