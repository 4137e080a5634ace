// The header is good, and the empty line that ends it never came.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { isAnothersBusiness, isNoField } from "../../../evidence/malformed-line.js";
import { badOutput, cgiFieldAfter, emptyLine, processEvidence, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The empty line after the header is missing",
  summary: "The header must be followed by an empty line; here the page follows at once, or nothing.",
  explanation:
    'A CGI response is a header, an empty line, and the page. The empty line tells where the header ends. Here it is missing, so the server reads the page as more header lines, or waits for more.\n\nThe usual cause is one line end too few: in Python print("Content-Type: text/html") ends the header line, and a second print() is needed for the empty line; in Perl and C it is "\\n\\n" after the last header.',
  reference: "RFC 3875 §6.2",
  logged: [
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header: TEXT",
      answers: "500 Internal Server Error",
    },
    {
      server: "Apache",
      message: "Premature end of script headers: S",
      answers: "500 Internal Server Error, in versions before 2.4",
      unproved: true,
    },
    { server: "lighttpd", message: null, answers: "200 OK with the header as the page, or 500 Internal Server Error" },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      answers: "502 Bad Gateway",
    },
    { server: "Go", message: "cgi: no headers", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: ["add-empty-line"],
};

export const rule: DeferredRule = {
  id: "empty-line-missing",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (
      !bad ||
      (subject.script?.headers.length ?? 0) === 0 ||
      isAnothersBusiness(bad.stopped.text) ||
      emptyLine(subject) !== null
    )
      return null;
    const atEnd = bad.stopped.from >= bad.stdout.captured;
    if (atEnd && processEvidence(subject).length > 0) return null; // it broke off: that is another cause
    if (!atEnd && (cgiFieldAfter(bad.head, bad.stopped.to) !== null || !isNoField(bad.stopped.text))) return null;
    return {
      detail: atEnd
        ? "The output ended after the header's last line. Write an empty line there, then the page."
        : `${quoteBytes(bad.stopped.text)} follows the header without an empty line between. Write one more line end before it.`,
      stream: "stdout",
      range: atEnd
        ? rangeIn(bad.stdout, bad.stdout.bytes - 1, bad.stdout.bytes)
        : rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(subject),
    };
  },
};
