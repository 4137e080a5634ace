// A body without any headers.

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, go, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, hasOwnRule, nextCgiField, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script wrote a body without headers",
  summary: "A CGI response begins with headers and a blank line. This one begins with the body itself.",
  explanation:
    "A CGI script must write headers first: at least the line `Content-Type: text/html` (or another type), then a blank line. Only then comes the body. The headers tell the server and the browser what the body is. Without them a server cannot tell a page from an image or an error message. Apache and nginx refuse such output; lighttpd sends it and lets the browser guess.\n\nAny command that was not written for CGI causes this. Print the headers first.",
  reference: "RFC 3875 §6.2",
  logged: [
    apache.logs("badHeader", 500, { TEXT: "hello" }),
    lighttpd.silent("200 OK with everything as the body, or 500 Internal Server Error"),
    nginx.logs("ended", 502),
    unproved(nginx.logs("badHeader", "502 Bad Gateway, when the text has spaces", { TEXT: "hello\\x20" })),
    unproved(go.logs("bogusLine", 500, { TEXT: "hello" })),
  ],
  fixes: ["add-content-type"],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (bad?.stopped.from !== 0 || nextCgiField(bad) !== null) return null;
    if (hasOwnRule(bad.stopped.text) || bad.stopped.text === "") return null;
    const binary = /[\0\x01-\x08\x0e-\x1a]/.test(bad.stopped.text);
    return {
      detail: `The output begins with ${quoteBytes(bad.stopped.text)}${binary ? ", which is binary data" : ""}. Print \`Content-Type: text/html\` and a blank line first.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, bad.stopped.to),
      line: facts.file === null ? null : writtenLine(facts.file.source, bad.stopped.text),
      evidence: processEvidence(facts),
    };
  },
};

/** The line of the script that holds the words which came first; a message on stderr may be about a later one. */
function writtenLine(source: string, written: string): number | null {
  const words = written.trim().slice(0, 20);
  const at = words.length < 3 ? -1 : source.indexOf(words);
  return at < 0 ? null : source.slice(0, at).split("\n").length;
}
