// Two bytes a character: with a mark, or letters with NUL beside them.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The output is UTF-16",
  summary: "The output has two bytes for each character, so no header line can be read.",
  explanation:
    "Header lines are ASCII: one byte a character. This output is UTF-16, in which every letter has a second, empty byte. PowerShell and some Windows programs write so. Let the script write UTF-8.",
  reference: "RFC 3875 §6.3",
  logged: [
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header: \\xff\\xfeC",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK with everything as the body, or 500 Internal Server Error" },
    { server: "nginx", message: 'upstream sent invalid header: "TEXT\\x00..."', answers: "502 Bad Gateway" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "utf-16-output",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (bad?.stopped.from !== 0 || !/^(?:\xff\xfe|\xfe\xff|(?:[A-Za-z-]\0){4}|(?:\0[A-Za-z-]){4})/.test(bad.head))
      return null;
    return { detail: "Each letter has a second byte, 00.", stream: "stdout", range: rangeIn(bad.stdout, 0, 2) };
  },
};
