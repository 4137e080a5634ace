// An error that the script did not catch.
import { onlyStderrLogged } from "../../../engine/logged.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { readNode } from "../../../evidence/other-languages.js";
import { effectOf } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A JavaScript error ended the script",
  summary:
    "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
  explanation:
    "Node prints the line that threw, then the error, then the calls that led there, and at the end its own version. The error is in the middle, and a log that shows only the last lines hides it.",
  reference: null,
  logged: onlyStderrLogged,
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readNode(facts);
    return error && errorOccurrence(facts, error, { title: `A JavaScript error ${effectOf(facts)}` });
  },
};
