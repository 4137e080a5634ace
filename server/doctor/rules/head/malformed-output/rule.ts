// What is no response, for a reason without a rule of its own.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, processEvidence, rangeIn } from "../../../evidence/output.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "What the script wrote is not a CGI response",
  summary: "The header could not be read to its end.",
  explanation:
    "A CGI response is a header, an empty line and a page. Each line of the header is a name, a colon and a value. The finding says at which byte that stopped being so, and why.",
  reference: "RFC 3875 §6.2",
  logged: [
    {
      server: "Apache",
      message: "AH02428: Empty response header name, aborting request",
      answers: "500 Internal Server Error",
    },
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header: TEXT",
      answers: "500 Internal Server Error, for a line without a colon",
      unproved: true,
    },
    { server: "lighttpd", message: null, answers: "200 OK without that line" },
    { server: "nginx", message: 'upstream sent invalid header: "TEXT..."', answers: "502 Bad Gateway" },
    { server: "Go", message: "cgi: bogus header line: TEXT", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "malformed-output",
  text,
  when: "later",
  on: "fallback",
  check: (subject) => {
    const bad = badOutput(subject);
    if (!bad) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    const why = subject.script?.why ?? "The header lines could not be read";
    return {
      detail: `${/[.!?]$/.test(why) ? why : `${why}.`}${said}`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
