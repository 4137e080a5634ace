// Three invisible bytes stand before #!, so the system does not see it.

import type { RuleLater } from "../../rule.js";
import { fileAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const byteOrderMark: RuleLater = {
  id: "byte-order-mark",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOEXEC" || !refused.file.source.startsWith("\xef\xbb\xbf")) return null;
    return {
      detail: "The file begins with EF BB BF, so the system does not see the #! after it. Save the file as UTF-8 without BOM.",
      line: 1,
      evidence: [refused.evidence, fileAt(refused.file, 1)],
    };
  },
};
