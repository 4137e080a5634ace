// Line endings that were converted twice: CR CR LF.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Lines end in two carriage returns",
  summary: "The lines of the headers end in CR CR LF: the line endings were converted twice.",
  explanation:
    "The script writes `\\r\\n` itself, and then the language or the system converts each `\\n` to `\\r\\n` again. This happens when standard output is in text mode, mostly on Windows. It damages images and archives too. Write `\\n` alone, or set standard output to binary mode: `binmode(STDOUT)` in Perl, `sys.stdout.buffer` in Python, `_setmode(1, _O_BINARY)` in C.",
  reference: "RFC 3875 §7.2",
  logged: [
    apache.silent("200 OK, passed on with these line endings"),
    lighttpd.silent("200 OK with the whole output as the body, or 500 Internal Server Error"),
    nginx.silent("200 OK, passed on with these line endings"),
  ],
  fixes: ["binary-output"],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    const twice = bad?.head.indexOf("\r\r\n", bad.stopped.from) ?? -1;
    if (!bad || twice < 0 || twice > bad.stopped.to) return null;
    return {
      detail:
        "The line ends in `0d 0d 0a` instead of `0a` or `0d 0a`. Standard output is in text mode; set it to binary mode.",
      stream: "stdout",
      range: rangeIn(bad.stdout, twice, twice + 3),
    };
  },
};
