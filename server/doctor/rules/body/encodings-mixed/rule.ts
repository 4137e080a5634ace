// UTF-8 and another encoding in one page.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fromOtherFile } from "../../../evidence/bytes-source.js";
import {
  exampleSentence,
  findBodyProblem,
  firstBytes,
  pageEncoding,
  places,
  problemLocation,
} from "../../../evidence/page-encoding.js";
import { postedSentence } from "../../../evidence/posted-field.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "The page mixes two encodings",
  summary: "Some parts of the page are UTF-8 and some are Latin-1, so no declaration can be correct.",
  explanation:
    "Parts of the page come from different sources with different encodings: the script, a file, a form, a database. For example, a browser sends a form in UTF-8 and the script itself is saved as Latin-1. No charset makes such a page readable. Convert everything to UTF-8 on input: when you read a file, parse a form or query a database.",
  reference: "RFC 9110 §8.3.2",
  logged: passedOnByAll,
  fixes: ["convert-to-utf-8"],
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "mixed");
    if (page === null || problem === null) return null;
    return fromOtherFile(facts, {
      detail: `${places(problem.count)} ${problem.count === 1 ? "has" : "have"} another encoding than the rest. The first bytes are ${firstBytes(page, problem)}.${exampleSentence(problem)}${postedSentence(facts, page)}`,
      ...problemLocation(page, problem),
    });
  },
};
