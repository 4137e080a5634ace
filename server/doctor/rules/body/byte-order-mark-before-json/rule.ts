// EF BB BF before JSON.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { findBodyProblem, pageEncoding, problemLocation } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "A byte order mark comes before the JSON",
  summary: "JSON must not begin with a byte order mark.",
  explanation:
    'The response body begins with three invisible bytes, `ef bb bf`. An editor or `encoding="utf-8-sig"` wrote them. JSON does not allow them: `JSON.parse` and most libraries fail at the first character, although everything looks right. Write plain UTF-8.',
  reference: "RFC 8259 §8.1",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "bom-before-json");
    if (page === null || problem === null) return null;
    return {
      detail: "The body begins with `ef bb bf`, which JSON does not allow. Many programs refuse to parse it.",
      ...problemLocation(page, problem),
    };
  },
};
