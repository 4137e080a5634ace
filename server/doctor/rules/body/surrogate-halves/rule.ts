// CESU-8: surrogates encoded one by one.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { hexOf, pageEncoding, pagePlace, places, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "Emoji were encoded in halves",
  summary: "A character such as an emoji was written as two halves of three bytes each, which is no UTF-8.",
  explanation:
    'Characters beyond the first 65,536, emoji above all, are two units in UTF-16 (Java, JavaScript, JSON\'s \\ud83d\\ude00) and four bytes in UTF-8. Here each unit was encoded by itself, as three bytes beginning with ED. Browsers show � for them. In Python use no "surrogatepass"; in MySQL use utf8mb4; in Java write UTF-8, not modified UTF-8.',
  reference: "RFC 3629 §3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "surrogate-halves",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "surrogates");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)}, the first ${hexOf(page, problem.ranges[0] ?? [0, 1])}. Encode whole characters: four bytes each in UTF-8.`,
      ...pagePlace(page, problem),
    };
  },
};
