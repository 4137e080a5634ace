// A script named nph- that does not begin with a status line.
import { rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const nphStatusLineMissing: RuleLater = {
  id: "nph-status-line-missing",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, script, stdout }) => {
    if (outcome !== "invalid-output" || script?.kind !== "nph" || !stdout || stdout.bytes === 0) return null;
    return { detail: script.why ?? "The first line is not such as HTTP/1.1 200 OK.", stream: "stdout", range: rangeIn(stdout, 0, Math.min(stdout.bytes, 60)) };
  },
};
