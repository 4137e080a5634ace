// EF BB BF within the page.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { findBodyProblem, pageEncoding, problemLocation, times } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "hint",
  title: "A byte order mark is in the middle of the page",
  summary: "A file that was inserted into the page begins with an invisible mark.",
  explanation:
    'A template, an included file or a printed file was saved as “UTF-8 with BOM”. Its first three bytes, `ef bb bf`, are invisible and still have effects: a blank line at the top, a broken first column, a search that finds nothing. Save the file as “UTF-8 without BOM”, or read it with `encoding="utf-8-sig"` in Python.',
  reference: "RFC 3629 §6",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "bom-inside");
    if (page === null || problem === null) return null;
    return {
      detail: `The bytes \`ef bb bf\` occur ${times(problem.count)} in the page.`,
      ...problemLocation(page, problem),
    };
  },
};
