// die, or a syntax error.
import { foundError, readPerl } from "../../language-error.js";
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const perlError: RuleLater = {
  id: "perl-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPerl(facts);
    if (!error || processEvidence(facts).length === 0 || /^Can't locate \S+\.pm in @INC/.test(error.message)) return null;
    return foundError(
      facts,
      error,
      `${error.message}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
      error.kind === "" ? text.title : "Perl does not understand the script",
    );
  },
};
