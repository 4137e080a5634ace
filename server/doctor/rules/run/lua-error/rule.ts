// An error that the script did not catch.
import { onlyStderrLogged } from "../../../engine/logged.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { readLua } from "../../../evidence/other-languages.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A Lua error ended the script",
  summary:
    "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
  explanation:
    "Lua prints the file, the line and the error first, and then the calls that led there, the last of which is its own: `[C]: in ?`.",
  reference: null,
  logged: onlyStderrLogged,
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readLua(facts);
    return error && errorOccurrence(facts, error);
  },
};
