// Rules about the bytes of a page's text: a table. The key is the rule's id.
import type { BodyProblem, BodyProblemKind } from "../../../formats/encodings/body-encoding.js";
import { passedOnByAll } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import {
  declarationClause,
  exampleSentence,
  findBodyProblem,
  firstBytes,
  type PageEncoding,
  pageEncoding,
  places,
  problemLocation,
  times,
} from "../../evidence/page-encoding.js";

interface TextRule extends RuleTexts {
  readonly kind: BodyProblemKind;
  /** Null: there is no finding after all. */
  readonly detail: (page: PageEncoding, problem: BodyProblem) => string | null;
}

const textRules: Readonly<Record<string, TextRule>> = {
  // EF BB BF before JSON.
  "byte-order-mark-before-json": {
    kind: "bom-before-json",
    severity: "warning",
    title: "A byte order mark comes before the JSON",
    summary: "JSON must not begin with a byte order mark.",
    explanation:
      'The response body begins with three invisible bytes, `ef bb bf`. An editor or `encoding="utf-8-sig"` wrote them. JSON does not allow them: `JSON.parse` and most libraries fail at the first character, although everything looks right. Write plain UTF-8.',
    reference: "RFC 8259 §8.1",
    detail: () => "The body begins with `ef bb bf`, which JSON does not allow. Many programs refuse to parse it.",
  },
  // EF BB BF within the page.
  "byte-order-mark-in-page": {
    kind: "bom-inside",
    severity: "hint",
    title: "A byte order mark is in the middle of the page",
    summary: "A file that was inserted into the page begins with an invisible mark.",
    explanation:
      'A template, an included file or a printed file was saved as “UTF-8 with BOM”. Its first three bytes, `ef bb bf`, are invisible and still have effects: a blank line at the top, a broken first column, a search that finds nothing. Save the file as “UTF-8 without BOM”, or read it with `encoding="utf-8-sig"` in Python.',
    reference: "RFC 3629 §6",
    detail: (_, problem) => `The bytes \`ef bb bf\` occur ${times(problem.count)} in the page.`,
  },
  // The body ends within a UTF-8 sequence.
  "character-cut": {
    kind: "cut-character",
    severity: "warning",
    title: "The page ends in the middle of a character",
    summary: "The last character is incomplete: the text was cut at a byte, not at a character.",
    explanation:
      "In UTF-8 a letter such as “ü” has two bytes, “€” three, and an emoji four. The page ends between them. A `substr` or a database column that counts bytes, or a buffer of fixed size, cut it there. Cut text while it is still text, then encode it.",
    reference: "RFC 3629 §3",
    detail: (page, problem) => `The page ends with ${firstBytes(page, problem)}, the beginning of a character.`,
  },
  // Valid UTF-8, declared as another encoding.
  "charset-wrong": {
    kind: "utf-8-misread",
    severity: "warning",
    title: "The page is UTF-8 but declares another encoding",
    summary: "The bytes are correct, but the declared encoding is wrong: “Ã¼” appears instead of “ü”.",
    explanation:
      "A browser decodes a page with the encoding that `Content-Type`, or a `<meta>` in the page, declares. In UTF-8 “ü” is two bytes, `c3 bc`. Decoded as Latin-1 they are two characters, “Ã” and “¼”. The bytes here are valid UTF-8, so it is enough to declare it: `Content-Type: text/html; charset=utf-8`.",
    reference: "RFC 9110 §8.3.2",
    fixes: ["declare-charset"],
    detail: (page, problem) =>
      page.browser.from === "default"
        ? null
        : `The page is UTF-8, but ${declarationClause(page)}.${exampleSentence(problem)} Declare \`charset=utf-8\`.`,
  },
  // “Ã¼” in the bytes: UTF-8 decoded as Latin-1, then encoded again.
  "encoded-twice": {
    kind: "encoded-twice",
    severity: "warning",
    title: "The text was encoded twice",
    summary: "UTF-8 was decoded as Latin-1 and encoded again: the bytes themselves spell “Ã¼”.",
    explanation:
      'The declared encoding is correct here, but the bytes are wrong: the text was encoded twice. Some step took bytes that were already UTF-8 for Latin-1 text, and encoded them again. In Perl: `binmode STDOUT, ":utf8"` without decoding the input, or without `use utf8`. In Python: reading with `encoding="latin-1"`. In databases: a latin1 connection with UTF-8 data. Decode once when reading, encode once when writing.',
    reference: "RFC 9110 §8.3.2",
    detail: (_, problem) =>
      `${places(problem.count)} in the page ${problem.count === 1 ? "was" : "were"} encoded ${problem.layers === 1 ? "twice" : `${problem.layers + 1} times`}.${exampleSentence(problem)} Find the step that decodes UTF-8 as Latin-1. Decode once when reading, encode once when writing.`,
  },
  // CESU-8: each half of a surrogate pair encoded by itself.
  "surrogate-halves": {
    kind: "surrogates",
    severity: "warning",
    title: "Emoji were encoded in two halves",
    summary: "A character such as an emoji was written as two halves of three bytes each, which is not valid UTF-8.",
    explanation:
      "Characters beyond the first 65,536, most of them emoji, are two units in UTF-16 (Java, JavaScript, `\\ud83d\\ude00` in JSON) and four bytes in UTF-8. Here each unit was encoded by itself, as three bytes that begin with `ed`. Browsers show “�” for them. In Python avoid `surrogatepass`; in MySQL use `utf8mb4`; in Java write standard UTF-8, not modified UTF-8.",
    reference: "RFC 3629 §3",
    detail: (page, problem) =>
      `${places(problem.count)} in the page, the first ${firstBytes(page, problem)}. Encode whole characters, which have four bytes each in UTF-8.`,
  },
  // U+FFFD in the bytes.
  "text-lost-before": {
    kind: "lost-before",
    severity: "warning",
    title: "Characters were lost before the page was written",
    summary:
      "The bytes contain “�” itself: an earlier step decoded with the wrong encoding and discarded the original.",
    explanation:
      "“�” is in the page as a character of its own (`ef bf bd`). An earlier step decoded the original with the wrong encoding, and replaced it instead of reporting an error. The original cannot be recovered from the page. Check where the text comes from: the form and its charset, the file and the encoding used to open it, the database.",
    reference: "RFC 9110 §8.3.2",
    detail: (_, problem) =>
      `The bytes \`ef bf bd\`, the sign for an undecodable character, occur ${times(problem.count)} in the page. The original was lost before the script wrote it.`,
  },
};

export const rules = family<TextRule, DeferredRule>(textRules, ({ kind, detail: detailOf, ...texts }) => ({
  ...texts,
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, kind);
    const detail = page && problem && detailOf(page, problem);
    return page && problem && detail ? { detail, ...problemLocation(page, problem) } : null;
  },
}));
