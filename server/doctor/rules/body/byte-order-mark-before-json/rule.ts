// EF BB BF before JSON.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { pageEncoding, pagePlace, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "A byte order mark stands before the JSON",
  summary: "JSON must not begin with a byte order mark.",
  explanation:
    'The answer begins with three invisible bytes, EF BB BF, written by an editor or by encoding="utf-8-sig". JSON does not allow them: JSON.parse and most libraries fail at the first character, though everything looks right. Write plain UTF-8.',
  reference: "RFC 8259 §8.1",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "byte-order-mark-before-json",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "bom-before-json");
    if (page === null || problem === null) return null;
    return {
      detail: "The page begins with EF BB BF, which JSON does not allow: many programs refuse to read it.",
      ...pagePlace(page, problem),
    };
  },
};
