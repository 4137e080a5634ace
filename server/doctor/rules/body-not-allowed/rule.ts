// 204 and 304 have no body; what the script writes is dropped.
import { emptyLine, rangeIn } from "../../output.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const bodyNotAllowed: RuleAtOnce = {
  id: "body-not-allowed",
  text,
  when: "at-once",
  look: (facts) => {
    const { script, stdout } = facts;
    if (!script || (script.status !== 204 && script.status !== 304) || script.kind === "invalid" || !stdout) return null;
    const end = emptyLine(facts)?.to ?? stdout.bytes;
    if (stdout.bytes <= end) return null;
    return {
      detail: `${stdout.bytes - end} bytes after the header were dropped: a ${script.status} has no body.`,
      stream: "stdout",
      range: rangeIn(stdout, end, stdout.bytes),
    };
  },
};
