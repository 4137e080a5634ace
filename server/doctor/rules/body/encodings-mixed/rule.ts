// UTF-8 and something else in one page.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { exampleWords, hexOf, pageEncoding, pagePlace, places, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page mixes two encodings",
  summary: "Some of the page is UTF-8 and some is Latin-1, so no declaration can be right.",
  explanation:
    "Parts of the page come from different places and are encoded differently: the script in UTF-8, a file or a form in Latin-1. No charset makes such a page readable. Convert everything to UTF-8 where it comes in: when a file is read, when a form is parsed, when a database is asked.",
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "encodings-mixed",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "mixed");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} ${problem.count === 1 ? "is" : "are"} in another encoding than the rest, the first ${hexOf(page, problem.ranges[0] ?? [0, 1])}.${exampleWords(problem)}`,
      ...pagePlace(page, problem),
    };
  },
};
