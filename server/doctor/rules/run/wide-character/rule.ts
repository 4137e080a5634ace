// “Wide character in print” on stderr.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { stderrMatch } from "../../../evidence/stderr-match.js";

const text: RuleText = {
  stage: "run",
  severity: "warning",
  title: "Perl wrote a character that does not fit into a byte",
  summary: "“Wide character in print”: nobody told Perl in which encoding to write.",
  explanation:
    'Perl writes characters below 256 as one byte each and knows no encoding until it is told one. A character that does not fit, such as “€”, makes it write that whole string in UTF-8, with a warning: other strings of the same page stay Latin-1, and the page mixes two encodings. Say once, at the top: binmode STDOUT, ":encoding(UTF-8)"; and decode what comes in.',
  reference: null,
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: Wide character in print at S line N.", answers: "200 OK" },
    { server: "nginx", message: 'FastCGI sent in stderr: "Wide character in print at S line N"', answers: "200 OK" },
    { server: "lighttpd", message: null, answers: "200 OK" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "wide-character",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const match = stderrMatch(facts, /Wide character in (print|say|printf|syswrite|send)\b[^\r\n]*/);
    return match === null
      ? null
      : { detail: 'Write binmode STDOUT, ":encoding(UTF-8)"; before the first print.', ...match.place };
  },
};
