// The request failed before any script, for a reason without a rule of its own.
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "elsewhere",
  severity: "error",
  title: "The request could not be served",
  summary: "The server, its configuration or another program is at fault, not the script.",
  explanation:
    "Something between the client and the script failed: a password file that is not there, an application that answers wrongly, a mistake in the configuration. The finding says which.",
  reference: null,
  logged: [],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "request-not-served",
  text,
  when: "later",
  on: "fallback",
  withoutScript: true,
  check: ({ outcome, detail }) => (outcome === "upstream-error" ? { detail: detail ?? text.summary } : null),
};
