// “Wide character in print” on stderr.

import type { RuleLater } from "../../rule.js";
import { stderrMatch } from "../../stderr-match.js";
import { text } from "./text.js";

export const wideCharacter: RuleLater = {
  id: "wide-character",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const match = stderrMatch(facts, /Wide character in (print|say|printf|syswrite|send)\b[^\r\n]*/);
    return match === null ? null : { detail: 'Write binmode STDOUT, ":encoding(UTF-8)"; before the first print.', ...match.place };
  },
};
