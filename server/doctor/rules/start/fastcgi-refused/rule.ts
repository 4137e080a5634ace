// The application refuses the role, or ends the request with a status nobody knows.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { recordPlace } from "../../../evidence/record-location.js";

const text: RuleText = {
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

export const rule: DeferredRule = {
  id: "fastcgi-refused",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const { outcome, notes, detail } = facts;
    if (
      outcome !== "upstream-error" ||
      notes.failure === null ||
      !(notes.failure === "refused-role" || notes.failure === "refused")
    )
      return null;
    return { detail: detail ?? text.summary, evidence: recordPlace(facts) };
  },
};
