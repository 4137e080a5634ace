// Said to be UTF-8, and is not.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import {
  declarationWords,
  exampleWords,
  hexOf,
  pageEncoding,
  pagePlace,
  places,
  problemOf,
} from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page says UTF-8 and its bytes are something else",
  summary: "The header promises UTF-8, the bytes are Latin-1 or another encoding: “�” appears.",
  explanation:
    'The declaration says UTF-8, but the bytes are no UTF-8: probably Latin-1 or windows-1252, in which “ü” is the one byte FC. A browser shows a question mark in a black diamond, �, for each. Let the script write UTF-8: encode("utf-8") in Python, binmode STDOUT, ":encoding(UTF-8)" in Perl; save templates and data files as UTF-8.',
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "not-utf-8",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "not-utf-8");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)}: the first is ${hexOf(page, problem.ranges[0] ?? [0, 1])}, and ${declarationWords(page)}.${exampleWords(problem)} Write UTF-8, or declare what the bytes are.`,
      ...pagePlace(page, problem),
    };
  },
};
