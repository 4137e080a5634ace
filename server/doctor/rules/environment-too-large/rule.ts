// One variable or argument is longer than the system takes.

import type { RuleLater } from "../../rule.js";
import { refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const environmentTooLarge: RuleLater = {
  id: "environment-too-large",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "E2BIG") return null;
    const largest = subject.env?.reduce((a, b) => (b.value.length > a.value.length ? b : a));
    return {
      detail: `One variable or argument may have at most 128 KiB. A very long query string or header does this.${largest ? ` The longest is ${largest.name} with ${largest.value.length} bytes.` : ""}`,
      evidence: [refused.evidence, ...(largest ? [{ kind: "variable" as const, name: largest.name, value: null }] : [])],
    };
  },
};
