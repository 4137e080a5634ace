// A header with a backslash and an n where a line end was meant.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldRange } from "../../../evidence/header-fields.js";
import { escapedLineEnd } from "../../../evidence/output.js";

export const rule: InlineRule = {
  severity: "error",
  title: "A line end was written as a backslash and an n",
  summary: "A header has the two characters `\\` and `n`. The language did not read them as a line end.",
  explanation:
    "A line end in the output is one byte, 0a. The source has `\\n` for it, but not every text reads that: bash's `echo` does not, nor do single quotes of Perl, PHP and Ruby, nor Python's `r\"…\"`. Then the two characters become part of the header's value, and the blank line behind the headers is missing.\n\nIn a shell write `printf 'Content-Type: text/html\\n\\n'`, or a second `echo`. In Perl, PHP and Ruby use double quotes. In Python leave out the `r`. The `echo` of dash does read `\\n`: the same script works on Debian and fails where `sh` is bash.",
  reference: "RFC 3875 §6.3",
  fixes: ["write-line-ends"],
  about: "head",
  check: (facts) => {
    const index = escapedLineEnd(facts);
    const [name, value] = facts.script?.headers[index ?? -1] ?? [];
    if (index === null || name === undefined || value === undefined) return null;
    return {
      detail: `The value of ${quoteBytes(name)} is ${quoteBytes(value)}, with the characters \`\\\` and \`n\` (bytes 5c 6e) in it. Write a line end there.`,
      stream: "stdout",
      range: fieldRange(facts, index),
    };
  },
};
