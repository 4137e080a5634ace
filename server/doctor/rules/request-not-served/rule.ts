// The request failed before any script, for a reason without a rule of its own.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const requestNotServed: RuleLater = {
  id: "request-not-served",
  text,
  when: "later",
  on: "fallback",
  withoutScript: true,
  look: ({ outcome, detail }) => (outcome === "upstream-error" ? { detail: detail ?? text.summary } : null),
};
