// The body ends within a UTF-8 sequence.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { findBodyProblem, firstBytes, pageEncoding, problemLocation } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "The page ends in the middle of a character",
  summary: "The last character is incomplete: the text was cut at a byte, not at a character.",
  explanation:
    "In UTF-8 a letter such as “ü” has two bytes, “€” three, and an emoji four. The page ends between them. A `substr` or a database column that counts bytes, or a buffer of fixed size, cut it there. Cut text while it is still text, then encode it.",
  reference: "RFC 3629 §3",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "cut-character");
    if (page === null || problem === null) return null;
    return {
      detail: `The page ends with ${firstBytes(page, problem)}, the beginning of a character.`,
      ...problemLocation(page, problem),
    };
  },
};
