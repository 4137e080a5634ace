// “Ã¼” in the bytes: decoded wrongly, then encoded again.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { exampleWords, pageEncoding, pagePlace, places, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "Letters were encoded twice",
  summary: "UTF-8 was taken for Latin-1 and encoded again: “Ã¼” stands in the bytes themselves.",
  explanation:
    'Here the declared encoding is right and the bytes are wrong: each letter went through encoding twice. Somewhere bytes that were UTF-8 already were taken for Latin-1 text and encoded once more. In Perl: binmode STDOUT, ":utf8" without decoding what comes in, or without "use utf8". In Python: reading with encoding="latin-1", or str(…) of bytes. In databases: a connection in latin1 with UTF-8 data. Decode once when reading, encode once when writing, and nothing in between.',
  reference: "RFC 9110 §8.3.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "encoded-twice",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "encoded-twice");
    if (page === null || problem === null) return null;
    return {
      detail: `${places(problem.count)} of the page ${problem.count === 1 ? "was" : "were"} encoded ${problem.layers === 1 ? "twice" : `${problem.layers + 1} times`}.${exampleWords(problem)} Find the step that takes UTF-8 for Latin-1: decode once when reading, encode once when writing.`,
      ...pagePlace(page, problem),
    };
  },
};
