// An error that the script did not catch.
import { onlyStderrLogged } from "../../../engine/logged.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { readTcl } from "../../../evidence/other-languages.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A Tcl error ended the script",
  summary:
    "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
  explanation:
    "Tcl prints the error first, and then the commands that led there, from the innermost to the line of the script.",
  reference: null,
  logged: onlyStderrLogged,
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readTcl(facts);
    return error && errorOccurrence(facts, error);
  },
};
