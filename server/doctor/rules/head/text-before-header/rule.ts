// Other output before or among the headers.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { badOutput, hasOwnRule, nextCgiField, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Something was printed before the headers",
  summary: "A debug message, a warning or other output comes before the headers.",
  explanation:
    "The headers are present, but something else was written before or among them: a debug message, a library's warning, the output of a command that the script runs. The headers must come first on standard output. Write everything else to standard error, which goes to the log: `print(…, file=sys.stderr)` in Python, `print STDERR` in Perl, `>&2` in a shell script.",
  reference: "RFC 3875 §6.2",
  logged: [
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header: TEXT",
      response: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, response: "200 OK with the text and the headers in the body" },
    { server: "nginx", message: 'upstream sent invalid header: "TEXT..."', response: "502 Bad Gateway" },
    { server: "Go", message: "cgi: bogus header line: TEXT", response: "500 Internal Server Error", unproved: true },
  ],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (!bad || hasOwnRule(bad.stopped.text) || bad.stopped.text.startsWith("<") || bad.stopped.text === "")
      return null;
    const field = nextCgiField(bad);
    if (field === null) return null;
    return {
      title: bad.stopped.from === 0 ? rule.title : "Something was printed among the headers",
      detail: `${quoteBytes(bad.stopped.text)} is not a header. The headers ${bad.stopped.from === 0 ? "begin" : "continue"} ${field - bad.stopped.from} bytes later. Write such messages to standard error.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(facts),
    };
  },
};
