// EF BB BF within the page.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { pageEncoding, pagePlace, places, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "hint",
  title: "A byte order mark stands in the middle of the page",
  summary: "A file that was put into the page begins with an invisible mark.",
  explanation:
    'A template, an included file or a file the script prints was saved as "UTF-8 with BOM". Its first three bytes, EF BB BF, are invisible in the page and still there: an empty line at the top, a broken first column, a search that finds nothing. Save the file as "UTF-8 without BOM", or read it with encoding="utf-8-sig" in Python.',
  reference: "RFC 3629 §6",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "byte-order-mark-in-page",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "bom-inside");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} in the page ${problem.count === 1 ? "has" : "have"} the bytes EF BB BF.`,
      ...pagePlace(page, problem),
    };
  },
};
