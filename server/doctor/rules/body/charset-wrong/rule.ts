// UTF-8 under another name.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { declarationWords, exampleWords, pageEncoding, pagePlace, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page is UTF-8 and is declared as something else",
  summary: "The bytes are right, the name of their encoding is wrong: “Ã¼” appears where “ü” was meant.",
  explanation:
    "A browser knows what the bytes of a page mean only from the encoding that Content-Type, or a <meta> in the page, names. In UTF-8 “ü” is two bytes, C3 BC; read as Latin-1 they are two characters, “Ã” and “¼”. The bytes here are good UTF-8: it is enough to say so. Write Content-Type: text/html; charset=utf-8.",
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: ["declare-charset"],
};

export const rule: DeferredRule = {
  id: "charset-wrong",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "utf-8-misread");
    if (page === null || problem === null || page.browser.from === "default") return null;
    return {
      detail: `The page is UTF-8, but ${declarationWords(page)}.${exampleWords(problem)} Say charset=utf-8.`,
      ...pagePlace(page, problem),
    };
  },
};
