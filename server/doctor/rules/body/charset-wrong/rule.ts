// Valid UTF-8, declared as another encoding.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import {
  declarationClause,
  exampleSentence,
  findBodyProblem,
  pageEncoding,
  problemLocation,
} from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "The page is UTF-8 but declares another encoding",
  summary: "The bytes are correct, but the declared encoding is wrong: “Ã¼” appears instead of “ü”.",
  explanation:
    "A browser decodes a page with the encoding that `Content-Type`, or a `<meta>` in the page, declares. In UTF-8 “ü” is two bytes, `c3 bc`. Decoded as Latin-1 they are two characters, “Ã” and “¼”. The bytes here are valid UTF-8, so it is enough to declare it: `Content-Type: text/html; charset=utf-8`.",
  reference: "RFC 9110 §8.3.2",
  logged: passedOnByAll,
  fixes: ["declare-charset"],
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "utf-8-misread");
    if (page === null || problem === null || page.browser.from === "default") return null;
    return {
      detail: `The page is UTF-8, but ${declarationClause(page)}.${exampleSentence(problem)} Declare \`charset=utf-8\`.`,
      ...problemLocation(page, problem),
    };
  },
};
