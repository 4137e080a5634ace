// EF BB BF before the first header line.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "A byte order mark stands before the header",
  summary: "The output begins with the bytes EF BB BF, an invisible mark that some editors put before UTF-8 text.",
  explanation:
    'The first bytes of the output must be the header\'s first name. Here three invisible bytes stand before it: a byte order mark, written by an editor at the beginning of the script or of a file it prints. With it the first line is no header any more. Save the script and the files it prints as "UTF-8 without BOM"; in Python write with utf-8, not utf-8-sig.',
  reference: "RFC 3875 §6.2",
  logged: [
    {
      server: "Apache",
      message:
        "AH02429: Response header name '\\xef\\xbb\\xbfContent-Type' contains invalid characters, aborting request",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "200 OK, Content-Type is lost" },
    { server: "nginx", message: null, answers: "200 OK, Content-Type is lost" },
  ],
  fixes: ["remove-byte-order-mark"],
};

export const rule: DeferredRule = {
  id: "byte-order-mark-in-output",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const bad = badOutput(subject);
    if (bad?.stopped.from !== 0 || !bad.head.startsWith("\xef\xbb\xbf")) return null;
    return {
      detail: "The output begins with EF BB BF, which belongs to no header line.",
      stream: "stdout",
      range: rangeIn(bad.stdout, 0, 3),
    };
  },
};
