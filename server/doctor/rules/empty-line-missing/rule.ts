// The header is good, and the empty line that ends it never came.
import { quoteBytes } from "../../../protocol/quote.js";
import { isAnothersBusiness, isNoField } from "../../malformed-line.js";
import { badOutput, cgiFieldAfter, emptyLine, processEvidence, rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const emptyLineMissing: RuleLater = {
  id: "empty-line-missing",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const bad = badOutput(subject);
    if (!bad || (subject.script?.headers.length ?? 0) === 0 || isAnothersBusiness(bad.stopped.text) || emptyLine(subject) !== null) return null;
    const atEnd = bad.stopped.from >= bad.stdout.captured;
    if (atEnd && processEvidence(subject).length > 0) return null; // it broke off: that is another cause
    if (!atEnd && (cgiFieldAfter(bad.head, bad.stopped.to) !== null || !isNoField(bad.stopped.text))) return null;
    return {
      detail: atEnd
        ? "The output ended after the header's last line. Write an empty line there, then the page."
        : `${quoteBytes(bad.stopped.text)} follows the header without an empty line between. Write one more line end before it.`,
      stream: "stdout",
      range: atEnd ? rangeIn(bad.stdout, bad.stdout.bytes - 1, bad.stdout.bytes) : rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(subject),
    };
  },
};
