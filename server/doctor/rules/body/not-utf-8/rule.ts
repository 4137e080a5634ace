// Declared as UTF-8, and not valid UTF-8.
import { ignoredCharset } from "../../../../formats/encodings/body-encoding.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fromOtherFile } from "../../../evidence/bytes-source.js";
import {
  declarationClause,
  exampleSentence,
  findBodyProblem,
  firstBytes,
  pageEncoding,
  places,
  problemLocation,
} from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "The page declares UTF-8 but is not UTF-8",
  summary: "The declared encoding is UTF-8, but the bytes are Latin-1 or another encoding: “�” appears.",
  explanation:
    'The page declares UTF-8, but its bytes are not valid UTF-8. They are probably Latin-1 or windows-1252, where “ü” is the single byte `fc`. A browser shows a question mark in a black diamond, “�”, for each. Write UTF-8 in the script: `encode("utf-8")` in Python, `binmode STDOUT, ":encoding(UTF-8)"` in Perl. Save templates and data files as UTF-8.\n\nJSON and event streams are always UTF-8, whatever `charset` says (RFC 8259 §8.1 and §11).',
  reference: "RFC 9110 §8.3.2",
  logged: passedOnByAll,
  fixes: ["convert-to-utf-8", "declare-latin-1"],
  on: "anything",
  before: ["meta-contradicts-header"],
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "not-utf-8");
    if (page === null || problem === null) return null;
    const ignored = ignoredCharset(page.browser);
    if (ignored !== null)
      return {
        title: `The response declares ${page.browser.header?.name}, but its type is always UTF-8`,
        detail: `A reader takes this type for UTF-8, and does not look at \`charset=${page.browser.header?.name}\`, in which the text is written.${exampleSentence(problem).replace("Browsers show", "It reads")} Write UTF-8, and leave out \`charset\`.`,
        ...problemLocation(page, problem),
        fixes: ["convert-to-utf-8"],
      };
    return fromOtherFile(facts, {
      detail: `${places(problem.count)} in the page ${problem.count === 1 ? "is" : "are"} not valid UTF-8 (the first is ${firstBytes(page, problem)}), but ${declarationClause(page)}.${exampleSentence(problem)} Write UTF-8, or declare the real encoding.`,
      ...problemLocation(page, problem),
    });
  },
};
