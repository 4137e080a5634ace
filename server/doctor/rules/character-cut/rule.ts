// The last bytes begin a character that does not end.
import { hexOf, pageEncoding, pagePlace, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const characterCut: RuleLater = {
  id: "character-cut",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "cut-character");
    if (page === null || problem === null) return null;
    return {
      detail: `The page ends with ${hexOf(page, problem.ranges[0] ?? [0, 1])}, the beginning of a character.`,
      ...pagePlace(page, problem),
    };
  },
};
