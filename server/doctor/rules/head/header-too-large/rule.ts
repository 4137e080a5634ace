// No empty line within what any server reads as a header.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, processEvidence, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The header is too large",
  summary: "Servers bound the header's size; this one goes on beyond it, or never ends.",
  explanation:
    "Every server reads only so much as a header: nginx 4 or 8 KB in all, Apache 8 KB a line, Go 1 KB a line, lighttpd 64 KB in all. What goes beyond is refused. Large cookies, long lists of cache tags and warnings printed as headers are the usual causes; a script that writes a page without any empty line looks the same.",
  reference: "RFC 3875 §8.1",
  logged: [
    {
      server: "nginx",
      message: "upstream sent too big header while reading response header from upstream",
      answers: "502 Bad Gateway",
    },
    { server: "lighttpd", message: "response headers too large for U", answers: "502 Bad Gateway" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    {
      server: "Go",
      message: "cgi: long header line from subprocess.",
      answers: "500 Internal Server Error",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "header-too-large",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    const { script } = subject;
    if (!bad || !script?.why || !/^No empty line came within|^There are more than/.test(script.why)) return null;
    return {
      detail: `${script.why} nginx reads 4 or 8 KB, Apache 8 KB a line, lighttpd 64 KB.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, Math.min(bad.stdout.bytes, 64 << 10)),
      evidence: [
        { kind: "quote", of: "header", text: `${bad.stdout.bytes} bytes without an empty line` },
        ...processEvidence(subject),
      ],
    };
  },
};
