// UnicodeDecodeError on stderr.

import type { RuleLater } from "../../rule.js";
import { stderrMatch } from "../../stderr-match.js";
import { text } from "./text.js";

export const unicodeDecodeError: RuleLater = {
  id: "unicode-decode-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const match = stderrMatch(facts, /UnicodeDecodeError: '([\w-]+)' codec can't decode bytes? (0x[0-9a-f]+)?[^\r\n]*/);
    if (match === null) return null;
    const [codec = "", byte = ""] = match.groups;
    return {
      detail: `${byte === "" ? "Some bytes are" : `The byte ${byte} is`} no ${codec}. It came in from a form, a file or another program in another encoding.`,
      ...match.place,
    };
  },
};
