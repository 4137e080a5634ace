// An exception that nobody rescued.
import { foundError, readRuby } from "../../language-error.js";
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const rubyError: RuleLater = {
  id: "ruby-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readRuby(facts);
    if (!error || processEvidence(facts).length === 0) return null;
    return foundError(
      facts,
      error,
      `${error.kind}: ${error.message}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
      `A Ruby error ended the script: ${error.kind}`,
    );
  },
};
