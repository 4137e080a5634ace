// U+FFFD in the bytes.
import { pageEncoding, pagePlace, places, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const textLostBefore: RuleLater = {
  id: "text-lost-before",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "lost-before");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} in the page ${problem.count === 1 ? "is" : "are"} EF BF BD, the sign for a character that could not be read. It was lost before the script wrote it.`,
      ...pagePlace(page, problem),
    };
  },
};
