// The file was there when the request was routed, and gone when it was to be started.

import type { RuleLater } from "../../rule.js";
import { modeAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const scriptMissing: RuleLater = {
  id: "script-missing",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOENT" || refused.file.exists) return null;
    return {
      detail: `${refused.file.path} was gone, or its folder was, when it should have been started.`,
      evidence: [refused.evidence, modeAt(refused.file)],
    };
  },
};
