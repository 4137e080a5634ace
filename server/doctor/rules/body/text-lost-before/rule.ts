// U+FFFD in the bytes.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { pageEncoding, pagePlace, places, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "Characters were lost before the page was written",
  summary: "The bytes hold “�” itself: a step before decoded with the wrong encoding and threw the original away.",
  explanation:
    '“�” stands in the page as a character of its own (EF BF BD). Whatever was there was read with the wrong encoding earlier, with "replace" instead of an error, and cannot be brought back from here. Look at where the text comes from: the form and its charset, the file and the encoding it is opened with, the database.',
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "text-lost-before",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "lost-before");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} in the page ${problem.count === 1 ? "is" : "are"} EF BF BD, the sign for a character that could not be read. It was lost before the script wrote it.`,
      ...pagePlace(page, problem),
    };
  },
};
