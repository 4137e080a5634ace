// A header line that begins with white space: folding, which CGI does not have.

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A header continues on the next line",
  summary: "A line of the headers begins with a space or a tab, as if it continued the previous one.",
  explanation:
    "E-mail allows a long header to continue on the next line, which then begins with a space. CGI does not: each header is one line. Often a value contains an unnoticed line break: text from a form, a wrapped cookie, a base64 value broken after 76 characters. Write the value on one line.",
  reference: "RFC 3875 §6.3",
  logged: [
    apache.logs("badHeader", 500, { TEXT: " b" }),
    lighttpd.silent("200 OK, the continuation is dropped"),
    nginx.logs("badHeader", 502, { TEXT: "\\x20" }),
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (!bad || bad.stopped.from === 0 || !/^[ \t]+\S/.test(bad.stopped.text)) return null;
    return {
      detail: `${quoteBytes(bad.stopped.text)} begins with white space. Append it to the previous line.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
    };
  },
};
