// CESU-8: surrogates encoded one by one.
import { hexOf, pageEncoding, pagePlace, places, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const surrogateHalves: RuleLater = {
  id: "surrogate-halves",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "surrogates");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)}, the first ${hexOf(page, problem.ranges[0] ?? [0, 1])}. Encode whole characters: four bytes each in UTF-8.`,
      ...pagePlace(page, problem),
    };
  },
};
