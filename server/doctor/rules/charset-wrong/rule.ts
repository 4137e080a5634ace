// UTF-8 under another name.
import { declarationWords, exampleWords, pageEncoding, pagePlace, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const charsetWrong: RuleLater = {
  id: "charset-wrong",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "utf-8-misread");
    if (page === null || problem === null || page.browser.from === "default") return null;
    return {
      detail: `The page is UTF-8, but ${declarationWords(page)}.${exampleWords(problem)} Say charset=utf-8.`,
      ...pagePlace(page, problem),
    };
  },
};
