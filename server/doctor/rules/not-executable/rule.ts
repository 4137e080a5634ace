// Nobody may execute the script: its execute bits are off.

import type { RuleLater } from "../../rule.js";
import { modeAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const notExecutable: RuleLater = {
  id: "not-executable",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "EACCES" || refused.file.mode === null || (refused.file.mode & 0o111) !== 0) return null;
    const { path } = refused.file;
    return { detail: `Nobody may execute ${path}. Set the execute bit: chmod +x ${path}`, evidence: [refused.evidence, modeAt(refused.file)] };
  },
};
