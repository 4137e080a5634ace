// Line ends of old Macs, or a stray carriage return within a header line.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Lines end in a carriage return alone",
  summary: "The header's lines end in CR without LF, so all of it is one line.",
  explanation:
    'A line ends in LF ("\\n") or CR LF ("\\r\\n"). Here a carriage return stands alone, as on Macs before 2001, so the server sees one endless line and no empty line after it. Write "\\n". In a value a carriage return is no line end but damage: text that came with Windows line ends should be stripped before it goes into a header.',
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "200 OK, everything becomes the page, or 500 Internal Server Error" },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      answers: "502 Bad Gateway",
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "carriage-return-only",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (!bad) return null;
    const alone = bad.stopped.text.indexOf("\r");
    // "…\r\r\n" are doubled line ends, of another cause.
    if (alone < 0 || !/^[\w-]+:/.test(bad.stopped.text) || bad.head.startsWith("\r\r\n", bad.stopped.from + alone))
      return null;
    return {
      detail: "A carriage return (0D) stands where a line end (0A) is meant.",
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from + alone, bad.stopped.from + alone + 1),
    };
  },
};
