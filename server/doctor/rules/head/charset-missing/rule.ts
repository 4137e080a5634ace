// Letters beyond ASCII and nobody to say what they are.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { exampleWords, pageEncoding, pagePlace, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "head",
  severity: "hint",
  title: "The page does not say which encoding it is in",
  summary:
    "There are letters beyond ASCII, and neither Content-Type nor the page names their encoding, so the browser guesses.",
  explanation:
    "Bytes have no meaning by themselves: “ü” is C3 BC in UTF-8 and FC in Latin-1. When neither Content-Type nor a <meta> says which it is, browsers take windows-1252, or guess from the reader's language. UTF-8 then appears as “Ã¼”. Write Content-Type: text/html; charset=utf-8, and UTF-8.",
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: ["declare-charset"],
};

export const rule: DeferredRule = {
  id: "charset-missing",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    if (page === null || page.browser.from !== "default") return null;
    const misread = problemOf(page, "utf-8-misread");
    const problem = misread ?? problemOf(page, "no-charset");
    if (problem === null) return null;
    return {
      title:
        misread === null ? "The page does not say which encoding it is in" : "The page is UTF-8 and does not say so",
      severity: misread === null ? ("hint" as const) : ("warning" as const),
      detail:
        misread === null
          ? "It has letters beyond ASCII. Browsers take windows-1252 when nobody says anything; write UTF-8, and charset=utf-8 in Content-Type."
          : `A browser takes it for windows-1252.${exampleWords(misread)} Add charset=utf-8 to Content-Type.`,
      ...pagePlace(page, problem),
      fixes: misread === null ? [] : text.fixes, // bytes that are no UTF-8 must not be called so
    };
  },
};
