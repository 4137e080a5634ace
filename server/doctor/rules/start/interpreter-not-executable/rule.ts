// The program named after #! is there and may not be executed.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fileAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The program that should run the script may not be executed",
  summary: "The first line names a file that is no executable program, or a folder.",
  explanation:
    "The first line of a script names its interpreter. Something is at that path, but the system may not run it: it is a folder, or a file without the execute bit, or it lies in a folder you may not enter. The script's own permissions may be right all the same. Look at the interpreter with ls -l.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
  ],
  fixes: ["set-shebang"],
};

export const rule: DeferredRule = {
  id: "interpreter-not-executable",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    const shebang = subject.file?.shebang;
    if (
      refused?.errno !== "EACCES" ||
      !shebang ||
      shebang.state !== "not-executable" ||
      ((refused.file.mode ?? 0) & 0o111) === 0
    )
      return null;
    return {
      title: `The interpreter ${shebang.program} may not be executed`,
      detail: `The script's first line asks for ${shebang.program}, which is there but is no program this server may run.`,
      line: 1,
      evidence: [refused.evidence, fileAt(refused.file, 1)],
    };
  },
};
