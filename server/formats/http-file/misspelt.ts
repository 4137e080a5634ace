// Comments that only look like a check: one that was misspelt must not pass unnoticed.
import { parseAssertion } from "./conditions.js";

const longer = /^(?:ass?ert\w*|expect\w*|capture\w*)$/i;
const words = ["assert", "capture", "expect"];

/** `directive`: neither `assert` nor `capture`; `rest`: the text after it. */
export const isMisspelt = (directive: string, rest: string): boolean =>
  longer.test(directive) ||
  words.some((word) => isOneEdit(directive.toLowerCase(), word)) ||
  "value" in parseAssertion(`${directive} ${rest}`); // `@status == 404`

/** A letter more, less or other, or two neighbours swapped. */
function isOneEdit(text: string, word: string): boolean {
  let same = 0;
  while (same < word.length && text[same] === word[same]) same++;
  const left = text.slice(same);
  const wanted = word.slice(same);
  if (left.slice(1) === wanted || left === wanted.slice(1) || left.slice(1) === wanted.slice(1)) return true;
  return left[0] === wanted[1] && left[1] === wanted[0] && left.slice(2) === wanted.slice(2);
}
