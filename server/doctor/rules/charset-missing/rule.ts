// Letters beyond ASCII and nobody to say what they are.
import { exampleWords, pageEncoding, pagePlace, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const charsetMissing: RuleLater = {
  id: "charset-missing",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    if (page === null || page.browser.from !== "default") return null;
    const misread = problemOf(page, "utf-8-misread");
    const problem = misread ?? problemOf(page, "no-charset");
    if (problem === null) return null;
    return {
      title: misread === null ? "The page does not say which encoding it is in" : "The page is UTF-8 and does not say so",
      severity: misread === null ? ("hint" as const) : ("warning" as const),
      detail:
        misread === null
          ? "It has letters beyond ASCII. Browsers take windows-1252 when nobody says anything; write UTF-8, and charset=utf-8 in Content-Type."
          : `A browser takes it for windows-1252.${exampleWords(misread)} Add charset=utf-8 to Content-Type.`,
      ...pagePlace(page, problem),
      fixes: misread === null ? [] : text.fixes, // bytes that are no UTF-8 must not be called so
    };
  },
};
