// Two bytes per character: with a byte order mark, or letters with NUL bytes between them.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The output is UTF-16",
  summary: "The output has two bytes per character, so the server cannot parse any header.",
  explanation:
    "Headers are ASCII: one byte per character. This output is UTF-16, where every letter has a second byte, 00. PowerShell and some Windows programs write it. Make the script write UTF-8.",
  reference: "RFC 3875 §6.3",
  logged: [
    apache.logs("badHeader", 500, { TEXT: "\\xff\\xfeC" }),
    lighttpd.silent("200 OK with everything as the body, or 500 Internal Server Error"),
    nginx.logs("badHeader", 502, { TEXT: "TEXT\\x00" }),
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (bad?.stopped.from !== 0 || !/^(?:\xff\xfe|\xfe\xff|(?:[A-Za-z-]\0){4}|(?:\0[A-Za-z-]){4})/.test(bad.head))
      return null;
    return {
      detail: "Each letter has a second byte, `00`. Write UTF-8 instead.",
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, 2),
    };
  },
};
