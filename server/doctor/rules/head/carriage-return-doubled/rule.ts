// Line ends that were converted twice: CR CR LF.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Lines end in two carriage returns",
  summary: "The header's lines end in CR CR LF: the line ends were converted twice.",
  explanation:
    'The script writes "\\r\\n" itself, and then the language or the system turns each "\\n" into "\\r\\n" once more: standard output is in text mode, mostly on Windows. Images and archives are damaged by it too. Write "\\n" alone, or put standard output into binary mode: binmode(STDOUT) in Perl, sys.stdout.buffer in Python, _setmode(1, _O_BINARY) in C.',
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on with its line ends" },
    { server: "lighttpd", message: null, answers: "200 OK, everything becomes the page, or 500 Internal Server Error" },
    { server: "nginx", message: null, answers: "200 OK, passed on with its line ends" },
  ],
  fixes: ["binary-output"],
};

export const rule: DeferredRule = {
  id: "carriage-return-doubled",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    const twice = bad?.head.indexOf("\r\r\n", bad.stopped.from) ?? -1;
    if (!bad || twice < 0 || twice > bad.stopped.to) return null;
    return {
      detail:
        "The line ends in 0D 0D 0A where 0A, or 0D 0A, is meant. Standard output is in text mode: write to it in binary mode.",
      stream: "stdout",
      range: rangeIn(bad.stdout, twice, twice + 3),
    };
  },
};
