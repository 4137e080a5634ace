// More requests waited than the limit allows.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const queueFull: RuleLater = {
  id: "queue-full",
  text,
  when: "later",
  on: "failures",
  withoutScript: true,
  look: ({ outcome, detail }) =>
    outcome === "queue-full" ? { detail: `${detail ?? text.summary} The limits stand in cgi-workbench.json under limits.` } : null,
};
