// A header that this server takes and others refuse.
import { emptyLine, rangeIn } from "../../output.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const headerLarge: RuleAtOnce = {
  id: "header-large",
  text,
  when: "at-once",
  look: (facts) => {
    const { script, stdout } = facts;
    const end = emptyLine(facts)?.to ?? 0;
    if (end <= 4096 || !script || script.kind === "invalid" || !stdout) return null;
    return {
      detail: `The header has ${end} bytes. nginx reads 4 or 8 KB in all, Apache 8 KB a line.`,
      stream: "stdout",
      range: rangeIn(stdout, 0, end),
      evidence: [{ kind: "quote", of: "header", text: `${end} bytes` }],
    };
  },
};
