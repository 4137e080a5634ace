// An error that the script did not catch.
import { onlyStderrLogged } from "../../../engine/logged.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { readOctave } from "../../../evidence/other-languages.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "An Octave error ended the script",
  summary:
    "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
  explanation: "Octave prints the error first, after `error:`, and then the calls that led there.",
  reference: null,
  logged: onlyStderrLogged,
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readOctave(facts);
    return error && errorOccurrence(facts, error);
  },
};
