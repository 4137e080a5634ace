// A header line that begins with white space: folding, which CGI does not have.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "A header line goes on in the next line",
  summary: "A line of the header begins with a space or a tab, as if it continued the one before.",
  explanation:
    "E-mail allows a long header line to be continued in the next one, which then begins with a space. CGI has no such rule: each field is one line. Often a value holds a line end that nobody noticed: text from a form, a wrapped cookie, a base64 value broken after 76 characters. Write the value in one line.",
  reference: "RFC 3875 §6.3",
  logged: [
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header:  b",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK, the continuation is dropped" },
    { server: "nginx", message: 'upstream sent invalid header: "\\x20..."', answers: "502 Bad Gateway" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "header-folded",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (!bad || bad.stopped.from === 0 || !/^[ \t]+\S/.test(bad.stopped.text)) return null;
    return {
      detail: `${quoteBytes(bad.stopped.text)} begins with white space. Put it at the end of the line before it.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
    };
  },
};
