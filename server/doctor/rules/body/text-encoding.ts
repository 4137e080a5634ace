// Rules about the bytes of a page's text: a table. The key is the rule's id.
import { type BodyProblem, type BodyProblemKind, ignoredCharset } from "../../../formats/encodings/body-encoding.js";
import type { FactsWithFile } from "../../base/facts.js";
import { passedOnByAll } from "../../base/logged.js";
import { type DeferredRule, family, type Occurrence, type RuleTexts } from "../../base/rule.js";
import { fromOtherFile } from "../../evidence/bytes-source.js";
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
import { postedSentence } from "../../evidence/posted-field.js";

interface TextRule extends RuleTexts {
  readonly kind: BodyProblemKind;
  /** What the finding says, or its particulars; null: there is no finding after all. */
  readonly detail: (page: PageEncoding, problem: BodyProblem, facts: FactsWithFile) => string | Occurrence | null;
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
  // UTF-8 and another encoding in one page.
  "encodings-mixed": {
    kind: "mixed",
    severity: "warning",
    title: "The page mixes two encodings",
    summary: "Some parts of the page are UTF-8 and some are Latin-1, so no declaration can be correct.",
    explanation:
      "Parts of the page come from different sources with different encodings: the script, a file, a form, a database. For example, a browser sends a form in UTF-8 and the script itself is saved as Latin-1. No charset makes such a page readable. Convert everything to UTF-8 on input: when you read a file, parse a form or query a database.",
    reference: "RFC 9110 §8.3.2",
    fixes: ["convert-to-utf-8"],
    detail: (page, problem, facts) =>
      fromOtherFile(facts, {
        detail: `${places(problem.count)} ${problem.count === 1 ? "has" : "have"} another encoding than the rest. The first bytes are ${firstBytes(page, problem)}.${exampleSentence(problem)}${postedSentence(facts, page)}`,
        ...problemLocation(page, problem),
      }),
  },
  // <meta> or the XML declaration against Content-Type.
  "meta-contradicts-header": {
    kind: "meta-contradicts",
    severity: "warning",
    title: "The page and its headers declare different encodings",
    summary:
      "`Content-Type` declares one encoding, and the page's own `<meta>` or XML declaration another. The header wins.",
    explanation:
      'A page can declare its encoding in two places: in the headers (`Content-Type: …; charset=…`) and in the page (`<meta charset="…">`). If they differ, browsers use the header, and programs that have only the saved file use the page. Declare utf-8 in both.',
    reference: "RFC 9110 §8.3.2, HTML Standard §13.2.3",
    fixes: ["declare-charset"],
    detail: (page) => {
      const { header, inPage, from } = page.browser;
      const isMisread = findBodyProblem(page, "utf-8-misread") !== null || findBodyProblem(page, "not-utf-8") !== null;
      return {
        severity: isMisread ? "warning" : "hint",
        detail: `${from === "bom" ? "The byte order mark declares UTF" : `\`Content-Type\` declares ${header?.name ?? "nothing"}`}, and the page declares ${inPage?.name ?? "nothing"}. Browsers use the ${from === "bom" ? "mark" : "header"}.`,
      };
    },
  },
  // Declared as UTF-8, and not valid UTF-8.
  "not-utf-8": {
    kind: "not-utf-8",
    severity: "warning",
    title: "The page declares UTF-8 but is not UTF-8",
    summary: "The declared encoding is UTF-8, but the bytes are Latin-1 or another encoding: “�” appears.",
    explanation:
      'The page declares UTF-8, but its bytes are not valid UTF-8. They are probably Latin-1 or windows-1252, where “ü” is the single byte `fc`. A browser shows a question mark in a black diamond, “�”, for each. Write UTF-8 in the script: `encode("utf-8")` in Python, `binmode STDOUT, ":encoding(UTF-8)"` in Perl. Save templates and data files as UTF-8.\n\nJSON and event streams are always UTF-8, whatever `charset` says (RFC 8259 §8.1 and §11).',
    reference: "RFC 9110 §8.3.2",
    fixes: ["convert-to-utf-8", "declare-latin-1"],
    before: ["meta-contradicts-header"],
    detail: (page, problem, facts) => {
      if (ignoredCharset(page.browser) !== null)
        return {
          title: `The response declares ${page.browser.header?.name}, but its type is always UTF-8`,
          detail: `A reader takes this type for UTF-8, and does not look at \`charset=${page.browser.header?.name}\`, in which the text is written.${exampleSentence(problem).replace("Browsers show", "It reads")} Write UTF-8, and leave out \`charset\`.`,
          fixes: ["convert-to-utf-8"],
        };
      return fromOtherFile(facts, {
        detail: `${places(problem.count)} in the page ${problem.count === 1 ? "is" : "are"} not valid UTF-8 (the first is ${firstBytes(page, problem)}), but ${declarationClause(page)}.${exampleSentence(problem)} Write UTF-8, or declare the real encoding.`,
        ...problemLocation(page, problem),
      });
    },
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
    const found = page && problem && detailOf(page, problem, facts);
    if (!found) return null;
    return { ...problemLocation(page, problem), ...(typeof found === "string" ? { detail: found } : found) };
  },
}));
