// The program named after #! is there and may not be executed.

import type { RuleLater } from "../../rule.js";
import { fileAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const interpreterNotExecutable: RuleLater = {
  id: "interpreter-not-executable",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    const shebang = subject.file?.shebang;
    if (refused?.errno !== "EACCES" || !shebang || shebang.state !== "not-executable" || ((refused.file.mode ?? 0) & 0o111) === 0) return null;
    return {
      title: `The interpreter ${shebang.program} may not be executed`,
      detail: `The script's first line asks for ${shebang.program}, which is there but is no program this server may run.`,
      line: 1,
      evidence: [refused.evidence, fileAt(refused.file, 1)],
    };
  },
};
