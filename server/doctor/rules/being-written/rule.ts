// Some program holds the script open for writing.

import type { RuleLater } from "../../rule.js";
import { refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const beingWritten: RuleLater = {
  id: "being-written",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ETXTBSY") return null;
    return { detail: `Some program holds ${refused.file.path} open for writing; the system does not run such a file.`, evidence: [refused.evidence] };
  },
};
