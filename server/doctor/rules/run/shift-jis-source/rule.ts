// A Perl script in Shift_JIS, in which the second byte of a character is a sign that means something to Perl.
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { readPerl } from "../../../evidence/perl-error.js";
import { shiftJisTrouble } from "../../../evidence/shift-jis.js";
import { languageOf } from "../../../fixes/language.js";

/** What Perl says when a string, a block or a name does not end where the author sees its end. */
const confusion =
  /^(?:Can't find string terminator|syntax error|Unmatched|Missing right|Unrecognized character|Global symbol|Bareword|Backslash found|Search pattern not terminated|Substitution)/;

export const rule: DeferredRule = {
  severity: "error",
  title: "Perl takes half of a Shift_JIS character for a sign of its own",
  summary:
    "In Shift_JIS the second byte of some characters is a backslash, a bracket or `@`. Perl reads bytes, and the string does not end where it seems to end.",
  explanation:
    "In Shift_JIS most characters have two bytes, and the second one may be any sign from `@` to `~`. Perl reads the source byte by byte: in a string in double quotes, the second byte of “\u8868” or “\u30bd” is a backslash, which hides the quote after it. Sometimes Perl reports an error, sometimes the page is damaged without a word. Save the script as UTF-8, and declare `charset=utf-8` in `Content-Type`; or put a backslash after such a character, as scripts did that could not be converted.",
  on: "failures",
  before: ["perl-error"],
  check: (facts) => {
    const { file } = facts;
    if (file === null || languageOf(file.path, file.source) !== "perl") return null;
    const error = readPerl(facts);
    const trouble = error !== null && confusion.test(error.message) ? shiftJisTrouble(file.source, "any") : null;
    if (error === null || trouble === null) return null;
    return errorOccurrence(
      facts,
      { ...error, line: trouble.line },
      {
        detail: `The script is written in Shift_JIS, and the second byte of “${trouble.character}” on line ${trouble.line} is \`${trouble.sign}\`. Perl: ${error.message}. Save the script as UTF-8, and declare \`charset=utf-8\`.`,
      },
    );
  },
};
