// The last bytes begin a character that does not end.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { hexOf, pageEncoding, pagePlace, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page ends in the middle of a character",
  summary: "The last character's bytes are not all there: text was cut by bytes, not by characters.",
  explanation:
    "In UTF-8 a letter such as “ü” has two bytes, “€” three, an emoji four. The page was cut between them, by substr or a column that counts bytes, or a buffer of fixed size. Cut text where it is still text, then encode it.",
  reference: "RFC 3629 §3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "character-cut",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "cut-character");
    if (page === null || problem === null) return null;
    return {
      detail: `The page ends with ${hexOf(page, problem.ranges[0] ?? [0, 1])}, the beginning of a character.`,
      ...pagePlace(page, problem),
    };
  },
};
