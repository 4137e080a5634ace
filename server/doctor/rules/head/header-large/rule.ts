// Headers that CGI Workbench accepts and other servers refuse.
import { go, nginx, unproved } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { blankLine, rangeIn } from "../../../evidence/output.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "Other servers would refuse headers of this size",
  summary: "The headers are larger than nginx or Go accept.",
  explanation:
    "Every server limits the size of the headers: nginx to 4 or 8 KiB in total (`fastcgi_buffer_size`), Apache to 8 KiB per line, Go to 1 KiB per line. These headers are within the limit here, but not there. Large cookies and long lists of cache tags are the usual causes.",
  reference: "RFC 3875 §8.1",
  logged: [nginx.logs("tooBig", 502), unproved(go.logs("longLine", 500))],
  about: "head",
  check: (facts) => {
    const { script, stdout } = facts;
    const end = blankLine(facts)?.to ?? 0;
    if (end <= 4096 || !script || script.kind === "invalid" || !stdout) return null;
    return {
      detail: `The headers have ${end} bytes. nginx accepts 4 or 8 KiB in total, Apache 8 KiB per line.`,
      stream: "stdout",
      range: rangeIn(stdout, 0, end),
      evidence: [{ kind: "quote", of: "headers", text: `${end} bytes` }],
    };
  },
};
