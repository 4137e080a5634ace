// Non-ASCII text without a declared encoding.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { exampleSentence, findBodyProblem, pageEncoding, problemLocation } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "hint",
  title: "The page does not declare its encoding",
  summary:
    "The page has non-ASCII characters, and neither `Content-Type` nor the page declares an encoding, so the browser guesses.",
  explanation:
    "Bytes have no meaning by themselves: “ü” is `c3 bc` in UTF-8 and `fc` in Latin-1. If neither `Content-Type` nor a `<meta>` declares the encoding, browsers assume windows-1252 or guess from the user's language. UTF-8 then appears as “Ã¼”. Write UTF-8, and declare it: `Content-Type: text/html; charset=utf-8`.",
  reference: "RFC 9110 §8.3.2",
  logged: passedOnByAll,
  fixes: ["declare-charset"],
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    if (page === null || page.browser.from !== "default") return null;
    const misread = findBodyProblem(page, "utf-8-misread");
    const problem = misread ?? findBodyProblem(page, "no-charset");
    if (problem === null) return null;
    return {
      title: misread === null ? rule.title : "The page is UTF-8 but does not declare it",
      severity: misread === null ? ("hint" as const) : ("warning" as const),
      detail:
        misread === null
          ? "The page has non-ASCII characters, and browsers assume windows-1252. Write UTF-8, and declare `charset=utf-8` in `Content-Type`."
          : `Browsers assume windows-1252.${exampleSentence(misread)} Add \`charset=utf-8\` to \`Content-Type\`.`,
      ...problemLocation(page, problem),
      ...(misread === null && { fixes: [] }), // declaring UTF-8 would be wrong for other bytes
    };
  },
};
