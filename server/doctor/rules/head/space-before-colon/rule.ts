// White space between a name and its colon.
import { byteString } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "A header name has a space before its colon",
  summary: "Between a field's name and the colon stands a space.",
  explanation:
    'A header line is a name, a colon and a value, and nothing may stand between name and colon: "Content-Type: text/html", not "Content-Type : text/html". Servers either refuse the whole answer or lose the field.',
  reference: "RFC 3875 §6.3, RFC 9112 §5.1",
  logged: [
    {
      server: "Apache",
      message: "AH02429: Response header name 'Content-Type ' contains invalid characters, aborting request",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK, the header is dropped" },
    { server: "nginx", message: 'upstream sent invalid header: "Content-Type\\x20..."', answers: "502 Bad Gateway" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "space-before-colon",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    const spaces = bad && /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)([ \t]+):/.exec(bad.stopped.text);
    if (!bad || !spaces) return null;
    const from = bad.stopped.from + (spaces[1]?.length ?? 0);
    return {
      detail: `Write ${quoteBytes(byteString(`${spaces[1] ?? ""}:`))} without the space.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, from, from + (spaces[2]?.length ?? 1)),
    };
  },
};
