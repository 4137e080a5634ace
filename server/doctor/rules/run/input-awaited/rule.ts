// The script asks for a line on a keyboard, and the request has no body.
import { onlyStderrLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { isBodyTyped } from "../../../evidence/late-body.js";
import { nothingGiven } from "../../../evidence/nothing-given.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script asks on a keyboard, and has none",
  summary: "The script reads a line that somebody should type. A server starts it without a keyboard.",
  explanation:
    "In a terminal `input()` and `gets` wait until somebody types a line. A CGI script gets the body of the request in place of a keyboard, and this request has none: there is no line, and Python raises an EOFError, Ruby and Lua return nil. The question, too, goes to standard output, in front of the headers.\n\nA CGI script takes its values from the request: from `QUERY_STRING` for a link or a form with GET, from standard input for a form with POST.",
  reference: "RFC 3875 §4.2",
  logged: onlyStderrLogged,
  on: "failures",
  explains: "errors",
  check: (facts) => {
    const given = facts.request.body.bytes === 0 && !isBodyTyped(facts) ? nothingGiven(facts) : null;
    if (given === null || given.asks === null || given.variables.length > 0) return null;
    return errorOccurrence(facts, given.error, {
      detail: `\`${given.asks}\` asks for a line on a keyboard. A CGI script has none, and this request has no body. Take the value from \`QUERY_STRING\`, or from the body of a POST.`,
    });
  },
};
