// A message of the shell that no other rule explains.
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, relativePath, unsetVariable } from "../../../evidence/language-error.js";
import { effectOf, endedByError } from "../../../evidence/process.js";
import { missingInShell, readShell } from "../../../evidence/shell-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A shell error ended the script",
  summary: "The shell stopped at an error, or a command in the script failed and reported it.",
  explanation:
    "The shell that runs the script met an error from which it cannot continue, and reported it with the line on standard error: a syntax error, a missing file, or an unset variable under `set -u`.",
  logged: endedByErrorLogged('...Syntax error: "fi" unexpected', '...Syntax error: "fi" unexpected'),
  fixes: ["use-line-feeds"],
  on: "failures",
  check: (facts) => {
    const error = readShell(facts);
    if (!error || !endedByError(facts) || missingInShell(error) !== null) return null;
    if (unsetVariable(error, facts.env) !== null || relativePath(error) !== null) return null;
    const found = errorOccurrence(facts, error, { title: `A shell error ${effectOf(facts)}` });
    return facts.file?.source.includes("\r\n") ? found : { ...found, fixes: [] };
  },
};
