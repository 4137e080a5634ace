// “Ã¼” in the bytes: decoded wrongly, then encoded again.
import { exampleWords, pageEncoding, pagePlace, places, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const encodedTwice: RuleLater = {
  id: "encoded-twice",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "encoded-twice");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} of the page ${problem.count === 1 ? "was" : "were"} encoded ${problem.layers === 1 ? "twice" : `${problem.layers + 1} times`}.${exampleWords(problem)} Find the step that takes UTF-8 for Latin-1: decode once when reading, encode once when writing.`,
      ...pagePlace(page, problem),
    };
  },
};
