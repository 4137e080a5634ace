// “Wide character in print” on stderr.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { stderrMatch } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "Perl wrote a character that does not fit into a byte",
  summary: "“Wide character in print”: the script does not set an output encoding.",
  explanation:
    'Perl writes characters below 256 as one byte each, unless the script sets an output encoding. When a string contains a character that does not fit, such as “€”, Perl writes that whole string in UTF-8 and prints this warning. Other strings of the same page stay Latin-1, so the page mixes two encodings. Set the encoding once, at the top: `binmode STDOUT, ":encoding(UTF-8)";`. Decode the input too.',
  logged: [
    apache.logs("stderr", 200, { TEXT: "Wide character in print at S line N." }),
    nginx.logs("stderr", 200, { TEXT: "Wide character in print at S line N" }),
    lighttpd.silent(200),
  ],
  on: "anything",
  check: (facts) => {
    const match = stderrMatch(facts, /Wide character in (print|say|printf|syswrite|send)\b[^\r\n]*/);
    return match === null
      ? null
      : { detail: 'Add `binmode STDOUT, ":encoding(UTF-8)";` before the first `print`.', ...match.location };
  },
};
