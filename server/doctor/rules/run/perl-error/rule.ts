// die, or a syntax error.
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { mayBeWarned, missingFile, missingPerlModule, readPerl } from "../../../evidence/perl-error.js";
import { effectOf } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A Perl error ended the script",
  summary: "The script called `die`, or Perl could not parse it.",
  explanation:
    "Perl met an error and ended the script: a call of `die`, a method of an undefined value, or a syntax error. The message on standard error ends with the file and the line.",
  logged: endedByErrorLogged("TEXT at S line N.", "TEXT at S line N"),
  on: "failures",
  explains: ["fastcgi-died"],
  check: (facts) => {
    const error = readPerl(facts);
    if (!error || missingPerlModule(error) !== null || missingFile(error) !== null) return null;
    return {
      ...errorOccurrence(facts, error, {
        title: error.kind === "" ? `A Perl error ${effectOf(facts)}` : "Perl cannot parse the script",
      }),
      ...(mayBeWarned(facts, error) ? { severity: "warning" } : {}),
    };
  },
};
