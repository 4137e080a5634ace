// EF BB BF before JSON.
import { pageEncoding, pagePlace, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const byteOrderMarkBeforeJson: RuleLater = {
  id: "byte-order-mark-before-json",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "bom-before-json");
    if (page === null || problem === null) return null;
    return {
      detail: "The page begins with EF BB BF, which JSON does not allow: many programs refuse to read it.",
      ...pagePlace(page, problem),
    };
  },
};
