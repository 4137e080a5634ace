// The shebang line ends in CR LF: the system looks for a program whose name ends in a carriage return.

import type { RuleLater } from "../../rule.js";
import { fileAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const shebangCarriageReturn: RuleLater = {
  id: "shebang-carriage-return",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const { file, process } = subject;
    const shebang = file?.shebang;
    if (!file || !shebang?.carriageReturn) return null;
    const refused = refusedStart(subject);
    // env itself starts, and then says that it cannot find "python3\r".
    const byEnv = process?.exitCode === 127 && shebang.lookedFor !== null && (subject.stdout?.bytes ?? 0) === 0;
    if (refused?.errno !== "ENOENT" && !byEnv) return null;
    const name = shebang.lookedFor ?? shebang.program;
    return {
      detail: `The script was saved with Windows line ends. The system takes everything after #! up to the line feed as the program's name, and there is no program named "${name.replace("\r", "")}\\r". Save the file with LF line ends.`,
      line: 1,
      evidence: [...(refused ? [refused.evidence] : []), fileAt(file, 1)],
    };
  },
};
