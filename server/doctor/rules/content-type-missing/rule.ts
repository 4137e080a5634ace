// A document without a type: every client guesses.
import { emptyLine, rangeIn } from "../../output.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const contentTypeMissing: RuleAtOnce = {
  id: "content-type-missing",
  text,
  when: "at-once",
  look: (facts) => {
    const { script, stdout } = facts;
    if (script?.kind !== "document" || script.status === 204 || script.status === 304 || !stdout) return null;
    if (facts.request.method === "HEAD" || script.headers.some(([name, value]) => name.length === 12 && value !== "" && name.toLowerCase() === "content-type"))
      return null;
    const end = emptyLine(facts);
    if (end === null || stdout.bytes <= end.to) return null;
    return {
      detail: 'Add a line such as "Content-Type: text/html; charset=utf-8" to the header.',
      stream: "stdout",
      range: rangeIn(stdout, 0, end.from),
    };
  },
};
