// CESU-8: each half of a surrogate pair encoded by itself.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { findBodyProblem, firstBytes, pageEncoding, places, problemLocation } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "Emoji were encoded in two halves",
  summary: "A character such as an emoji was written as two halves of three bytes each, which is not valid UTF-8.",
  explanation:
    "Characters beyond the first 65,536, most of them emoji, are two units in UTF-16 (Java, JavaScript, `\\ud83d\\ude00` in JSON) and four bytes in UTF-8. Here each unit was encoded by itself, as three bytes that begin with `ed`. Browsers show “�” for them. In Python avoid `surrogatepass`; in MySQL use `utf8mb4`; in Java write standard UTF-8, not modified UTF-8.",
  reference: "RFC 3629 §3",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "surrogates");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} in the page, the first ${firstBytes(page, problem)}. Encode whole characters, which have four bytes each in UTF-8.`,
      ...problemLocation(page, problem),
    };
  },
};
