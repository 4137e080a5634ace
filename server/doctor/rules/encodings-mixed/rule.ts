// UTF-8 and something else in one page.
import { exampleWords, hexOf, pageEncoding, pagePlace, places, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const encodingsMixed: RuleLater = {
  id: "encodings-mixed",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "mixed");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} ${problem.count === 1 ? "is" : "are"} in another encoding than the rest, the first ${hexOf(page, problem.ranges[0] ?? [0, 1])}.${exampleWords(problem)}`,
      ...pagePlace(page, problem),
    };
  },
};
