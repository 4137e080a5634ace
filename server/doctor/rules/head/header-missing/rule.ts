// The output is a page without any header.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { isAnothersBusiness } from "../../../evidence/malformed-line.js";
import { badOutput, cgiFieldAfter, processEvidence, rangeIn } from "../../../evidence/output.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The script wrote a page without a header",
  summary: "A CGI response begins with header lines and an empty line; this one begins with the page itself.",
  explanation:
    'The first thing a CGI script writes must be a header: at least the line "Content-Type: text/html" (or another type), then an empty line. Only then comes the page. The header tells the server and the browser what the page is. Without it a server does not know whether this is a page, a picture or an error message; Apache and nginx refuse it, lighttpd sends it and lets the browser guess.\n\nAny command that was not written for CGI does this. Print the header first.',
  reference: "RFC 3875 §6.2",
  logged: [
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header: hello",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK with everything as the body, or 500 Internal Server Error" },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      answers: "502 Bad Gateway",
    },
    {
      server: "nginx",
      message: 'upstream sent invalid header: "hello\\x20..."',
      answers: "502 Bad Gateway, when the text has spaces",
      unproved: true,
    },
    { server: "Go", message: "cgi: bogus header line: hello", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: ["add-content-type"],
};

export const rule: DeferredRule = {
  id: "header-missing",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (bad?.stopped.from !== 0 || cgiFieldAfter(bad.head, 0) !== null || isAnothersBusiness(bad.stopped.text))
      return null;
    const binary = /[\0\x01-\x08\x0e-\x1a]/.test(bad.stopped.text);
    return {
      detail: `The output begins with ${quoteBytes(bad.stopped.text)}${binary ? ", which is binary data" : ""}. Write "Content-Type: text/html" and an empty line first.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, bad.stopped.to),
      line: lastWords(subject)?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
