// U+FFFD in the bytes.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { findBodyProblem, pageEncoding, problemLocation, times } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "Characters were lost before the page was written",
  summary: "The bytes contain “�” itself: an earlier step decoded with the wrong encoding and discarded the original.",
  explanation:
    "“�” is in the page as a character of its own (`ef bf bd`). An earlier step decoded the original with the wrong encoding, and replaced it instead of reporting an error. The original cannot be recovered from the page. Check where the text comes from: the form and its charset, the file and the encoding used to open it, the database.",
  reference: "RFC 9110 §8.3.2",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "lost-before");
    if (page === null || problem === null) return null;
    return {
      detail: `The bytes \`ef bf bd\`, the sign for an undecodable character, occur ${times(problem.count)} in the page. The original was lost before the script wrote it.`,
      ...problemLocation(page, problem),
    };
  },
};
