// EF BB BF within the page.
import { pageEncoding, pagePlace, places, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const byteOrderMarkInPage: RuleLater = {
  id: "byte-order-mark-in-page",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "bom-inside");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} in the page ${problem.count === 1 ? "has" : "have"} the bytes EF BB BF.`,
      ...pagePlace(page, problem),
    };
  },
};
