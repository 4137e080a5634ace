// Something was printed before the header, or between its lines.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { isAnothersBusiness } from "../../../evidence/malformed-line.js";
import { badOutput, cgiFieldAfter, processEvidence, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Something was printed before the header",
  summary: "A debug print, a warning or a message stands where the header should begin.",
  explanation:
    "The header is there, but something else was written before it or in the middle of it: a debug print, a warning of a library, the output of a command the script calls. The first thing on standard output must be the header. Send everything else to standard error, where it ends up in the log: print(…, file=sys.stderr) in Python, print STDERR in Perl, >&2 in a shell script.",
  reference: "RFC 3875 §6.2",
  logged: [
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header: TEXT",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK with the text and the header in the page" },
    { server: "nginx", message: 'upstream sent invalid header: "TEXT..."', answers: "502 Bad Gateway" },
    { server: "Go", message: "cgi: bogus header line: TEXT", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "text-before-header",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (!bad || isAnothersBusiness(bad.stopped.text) || bad.stopped.text.startsWith("<") || bad.stopped.text === "")
      return null;
    const field = cgiFieldAfter(bad.head, bad.stopped.to);
    if (field === null || (bad.stopped.from > 0 && /\r?\n\r?\n/.test(bad.head.slice(bad.stopped.from, field))))
      return null;
    return {
      title:
        bad.stopped.from === 0
          ? "Something was printed before the header"
          : "Something was printed between the header's lines",
      detail: `${quoteBytes(bad.stopped.text)} is no header line; the header ${bad.stopped.from === 0 ? "begins" : "goes on"} ${field - bad.stopped.from} bytes later. Write such messages to standard error.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(subject),
    };
  },
};
