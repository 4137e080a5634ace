// “Ã¼” in the bytes: UTF-8 decoded as Latin-1, then encoded again.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import {
  exampleSentence,
  findBodyProblem,
  pageEncoding,
  places,
  problemLocation,
} from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "The text was encoded twice",
  summary: "UTF-8 was decoded as Latin-1 and encoded again: the bytes themselves spell “Ã¼”.",
  explanation:
    'The declared encoding is correct here, but the bytes are wrong: the text was encoded twice. Some step took bytes that were already UTF-8 for Latin-1 text, and encoded them again. In Perl: `binmode STDOUT, ":utf8"` without decoding the input, or without `use utf8`. In Python: reading with `encoding="latin-1"`. In databases: a latin1 connection with UTF-8 data. Decode once when reading, encode once when writing.',
  reference: "RFC 9110 §8.3.2",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "encoded-twice");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} in the page ${problem.count === 1 ? "was" : "were"} encoded ${problem.layers === 1 ? "twice" : `${problem.layers + 1} times`}.${exampleSentence(problem)} Find the step that decodes UTF-8 as Latin-1. Decode once when reading, encode once when writing.`,
      ...problemLocation(page, problem),
    };
  },
};
