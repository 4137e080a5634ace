// The script relies on a variable that servers set for other requests: CONTENT_LENGTH with GET.

import type { FactsWithFile } from "../../../base/facts.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule, Occurrence } from "../../../base/rule.js";
import type { LanguageError } from "../../../evidence/error-tail.js";
import { errorOccurrence, readPython, unsetVariable } from "../../../evidence/language-error.js";
import { nothingGiven } from "../../../evidence/nothing-given.js";
import { wroteNothing } from "../../../evidence/output.js";
import { endedByError, processEvidence } from "../../../evidence/process.js";
import { namedButUnset, whenSet } from "../../../evidence/request-variables.js";
import { readShell } from "../../../evidence/shell-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script needs a variable that this request does not set",
  summary:
    "Servers set some variables for certain requests only. The script takes for granted that it is always there.",
  explanation:
    "Most CGI variables are always set, but some depend on the request: `CONTENT_LENGTH` and `CONTENT_TYPE` on its body, `PATH_INFO` on its path, `REMOTE_USER` on a sign-in, and each `HTTP_` variable on a header. A script that was written for a form that is sent by POST reads `CONTENT_LENGTH`, and fails when somebody opens its URL with GET.\n\nIn Python and with `set -u` in a shell the message names the variable. In C `getenv` returns a null pointer, and to use it without a check ends in `SIGSEGV`. Other servers set some of these variables to an empty string or to 0, so the script may work there. Check whether the variable is there before you use it.",
  reference: "RFC 3875 §4.1.2",
  logged: [
    apache.logs("stderr", 500, { TEXT: "KeyError: 'NAME'" }),
    lighttpd.silent("200 OK: CONTENT_LENGTH is 0"),
    nginx.silent("200 OK: CONTENT_LENGTH is empty"),
  ],
  on: "failures",
  explains: ["javascript-error", "lua-error", "php-error", "python-error", "ruby-error"],
  check: (facts) => {
    const { request, process } = facts;
    const error = endedByError(facts)
      ? [readPython(facts), readShell(facts)].find((one) => one && unsetVariable(one, facts.env) !== null)
      : null;
    const name = (error && unsetVariable(error, facts.env)) ?? "";
    const when = whenSet(name);
    if (error && when !== null) return unsetOccurrence(facts, error, name, when);
    const given = nothingGiven(facts);
    const [used = ""] = given?.variables ?? [];
    const usedWhen = whenSet(used);
    if (given !== null && usedWhen !== null) return unsetOccurrence(facts, given.error, used, usedWhen);
    const unset = process?.signal === "SIGSEGV" && wroteNothing(facts) ? namedButUnset(facts) : [];
    if (unset.length === 0) return null;
    return {
      severity: "warning", // it may have crashed of another cause
      title: titleOf(unset, request.method),
      detail: `The program reads ${unset.map((one) => `\`${one}\` (set only ${whenSet(one)})`).join(", ")}. \`getenv\` returns a null pointer for it, and to use that without a check ends in SIGSEGV.`,
      evidence: [
        ...unset.map((one) => ({ kind: "variable" as const, name: one, value: null })),
        ...processEvidence(facts),
      ],
    };
  },
};

function unsetOccurrence(facts: FactsWithFile, error: LanguageError, name: string, when: string): Occurrence {
  const { method } = facts.request;
  const found = errorOccurrence(facts, error, {
    title: titleOf([name], method),
    detail: `The script needs \`${name}\`. Servers set it only ${when}, so it is not set for this ${method}. Check whether it is there before you use it.`,
  });
  return { ...found, evidence: [{ kind: "variable", name, value: null }, ...(found.evidence ?? [])] };
}

const titleOf = (names: readonly string[], method: string): string =>
  `${names.length === 1 ? "Variable" : "Variables"} ${names.join(", ")} ${names.length === 1 ? "is" : "are"} not set for this ${method}`;
