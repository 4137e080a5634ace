// The program named after #! is not there.

import type { RuleLater } from "../../rule.js";
import { fileAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const interpreterMissing: RuleLater = {
  id: "interpreter-missing",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const { file, process } = subject;
    const shebang = file?.shebang;
    if (!file || !shebang || shebang.carriageReturn || shebang.found !== null) return null;
    const refused = refusedStart(subject);
    if (refused?.errno === "ENOENT" && shebang.state === "absent")
      return {
        title: `The interpreter ${shebang.program} does not exist`,
        detail: `The script's first line asks for ${shebang.program}, and nothing is there. Correct the path, or write "#!/usr/bin/env NAME" to have NAME looked up on PATH.`,
        line: 1,
        evidence: [refused.evidence, { kind: "mode", path: shebang.program, mode: null }, fileAt(file, 1)],
      };
    if (process?.exitCode !== 127 || shebang.lookedFor === null) return null;
    const path = subject.env?.find(({ name }) => name === "PATH")?.value ?? null;
    return {
      title: `There is no ${shebang.lookedFor} on the PATH that scripts get`,
      detail: `The script's first line has env look for ${shebang.lookedFor}, and none of the folders of PATH holds it. Install it, or write its whole path after #!.`,
      line: 1,
      evidence: [{ kind: "variable", name: "PATH", value: path }, fileAt(file, 1)],
    };
  },
};
