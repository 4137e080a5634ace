// Its execute bit is set for somebody, and the system refuses all the same.

import type { RuleLater } from "../../rule.js";
import { modeAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const notPermitted: RuleLater = {
  id: "not-permitted",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "EACCES") return null;
    const { mode, shebang, folders, path } = refused.file;
    if (mode === null || (mode & 0o111) === 0 || shebang?.state === "not-executable" || folders.some(({ searchable }) => !searchable)) return null;
    return {
      detail: `Its execute bit is set for somebody, yet the system refused ${path}: not for this server's user, or the file system is mounted noexec.`,
      evidence: [refused.evidence, modeAt(refused.file)],
    };
  },
};
