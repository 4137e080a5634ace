// A header that this server takes and others refuse.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { emptyLine, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Other servers would refuse so large a header",
  summary: "The header is larger than what nginx or Go read.",
  explanation:
    "Every server reads only so much as a header: nginx 4 or 8 KB in all (fastcgi_buffer_size), Apache 8 KB a line, Go 1 KB a line. This one was small enough here and will not be there. Large cookies and long lists of cache tags are the usual causes.",
  reference: "RFC 3875 §8.1",
  logged: [
    {
      server: "nginx",
      message: "upstream sent too big header while reading response header from upstream",
      answers: "502 Bad Gateway",
    },
    {
      server: "Go",
      message: "cgi: long header line from subprocess.",
      answers: "500 Internal Server Error",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "header-large",
  text,
  when: "at-once",
  check: (facts) => {
    const { script, stdout } = facts;
    const end = emptyLine(facts)?.to ?? 0;
    if (end <= 4096 || !script || script.kind === "invalid" || !stdout) return null;
    return {
      detail: `The header has ${end} bytes. nginx reads 4 or 8 KB in all, Apache 8 KB a line.`,
      stream: "stdout",
      range: rangeIn(stdout, 0, end),
      evidence: [{ kind: "quote", of: "header", text: `${end} bytes` }],
    };
  },
};
