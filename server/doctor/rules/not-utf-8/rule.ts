// Said to be UTF-8, and is not.
import { declarationWords, exampleWords, hexOf, pageEncoding, pagePlace, places, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const notUtf8: RuleLater = {
  id: "not-utf-8",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "not-utf-8");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)}: the first is ${hexOf(page, problem.ranges[0] ?? [0, 1])}, and ${declarationWords(page)}.${exampleWords(problem)} Write UTF-8, or declare what the bytes are.`,
      ...pagePlace(page, problem),
    };
  },
};
