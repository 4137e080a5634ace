// Three invisible bytes stand before #!, so the system does not see it.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fileAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "A byte order mark stands before #!",
  summary: "The file begins with the bytes EF BB BF, an invisible mark that some editors put before UTF-8 text.",
  explanation:
    'Some editors, mostly on Windows, begin a UTF-8 file with three invisible bytes, the byte order mark. The system looks for #! at the very first byte and finds EF BB BF instead, so it does not know how to run the file ("Exec format error"). Save the file as "UTF-8 without BOM".',
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: Exec format error", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
  ],
  fixes: ["remove-byte-order-mark"],
};

export const rule: DeferredRule = {
  id: "byte-order-mark",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOEXEC" || !refused.file.source.startsWith("\xef\xbb\xbf")) return null;
    return {
      detail:
        "The file begins with EF BB BF, so the system does not see the #! after it. Save the file as UTF-8 without BOM.",
      line: 1,
      evidence: [refused.evidence, fileAt(refused.file, 1)],
    };
  },
};
