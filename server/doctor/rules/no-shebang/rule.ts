// Neither a program nor a script that says what runs it.

import type { RuleLater } from "../../rule.js";
import { fileAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const noShebang: RuleLater = {
  id: "no-shebang",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOEXEC") return null;
    const { source, shebang, program } = refused.file;
    if (shebang !== null || program !== null || source.startsWith("\xef\xbb\xbf")) return null;
    const hidden = /^\s+#!/.test(source) ? " There is a #! further down, but it must be the very first thing in the file." : "";
    return {
      detail: `It is neither a program nor does it begin with #! and an interpreter.${hidden} Begin it with a line such as "#!/usr/bin/env python3".`,
      line: 1,
      evidence: [refused.evidence, fileAt(refused.file, 1)],
    };
  },
};
